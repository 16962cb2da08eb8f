using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Functions.Tests.Http;

/// <summary>Requests with a report, and what comes of them.</summary>
internal static class Requests
{
    public const string Report =
        """{"version":1,"run":{"id":"r1","source":"ctl-01","playbook":"site.yml"},"events":[{"id":"e1","kind":"failed","at":"2026-11-22T10:00:04Z","host":"web-01","task":"Install nginx","message":"none"}]}""";

    public static DefaultHttpContext Post(string body, bool gzip = false)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Request.Method = "POST";
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(gzip ? Pack(body) : Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        if (gzip)
        {
            context.Request.Headers.ContentEncoding = "gzip";
        }

        return context;
    }

    public static async Task<string> WriteAsync(this DefaultHttpContext context, IResult result)
    {
        await result.ExecuteAsync(context);
        context.Response.Body.Position = 0;
        return await new StreamReader(context.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static byte[] Pack(string body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(body));
        }

        return packed.ToArray();
    }
}
