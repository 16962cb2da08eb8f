using System.Text;
using Local.SlackEmulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Local.Tests.SlackEmulator;

/// <summary>The emulator behind a real server on a free port of the loopback interface.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningEmulator(WebApplication app)
    {
        this.app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<RunningEmulator> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time).AddSlackEmulator();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapSlackEmulator();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningEmulator(app);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string? token = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async Task<(int Status, string Body)> AskAsync(HttpMethod method, string path, string? body = null, string? token = null)
    {
        using var response = await SendAsync(method, path, body, token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
