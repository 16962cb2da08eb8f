using System.Reflection;

namespace Local.SlackEmulator;

/// <summary>The inbox page. Its files are embedded, so it works from any working directory.</summary>
internal static class InboxPage
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Name, string ContentType)[] Files =
    [
        ("inbox.css", "text/css; charset=utf-8"),
        ("inbox.js", "text/javascript; charset=utf-8"),
        ("feed.js", "text/javascript; charset=utf-8"),
        ("status.js", "text/javascript; charset=utf-8"),
        ("channels.js", "text/javascript; charset=utf-8"),
        ("message.js", "text/javascript; charset=utf-8"),
        ("attachment.js", "text/javascript; charset=utf-8"),
        ("blocks.js", "text/javascript; charset=utf-8"),
        ("mrkdwn.js", "text/javascript; charset=utf-8"),
        ("clock.js", "text/javascript; charset=utf-8"),
        ("dom.js", "text/javascript; charset=utf-8"),
    ];

    public static void MapInboxPage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapFile("/", "index.html", "text/html; charset=utf-8");
        foreach (var (name, contentType) in Files)
        {
            endpoints.MapFile($"/inbox/{name}", name, contentType);
        }
    }

    private static void MapFile(this IEndpointRouteBuilder endpoints, string path, string name, string contentType)
    {
        var content = Read(name);
        endpoints.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(content, contentType);
        });
    }

    private static byte[] Read(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Inbox/{name}")
            ?? throw new InvalidOperationException($"The inbox page's {name} is not embedded.");
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
