using System.Collections.Concurrent;
using Local.Slack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Relay.Routes;
using Relay.Slack;

namespace Local.Tests.Slack;

/// <summary>An allowed host that sends the relay on to another one: the secret, and what a play said, stay where they are.</summary>
public sealed class RedirectTests : IAsyncLifetime
{
    private readonly ConcurrentBag<string> _arrived = [];
    private readonly List<WebApplication> _servers = [];
    private string _elsewhere = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _elsewhere = await ServeAsync(context =>
    {
        _arrived.Add($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}");
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_a_reply_and_nobody_goes_there(int status)
    {
        var lure = await ServeAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"{_elsewhere}/caught";
            return Task.CompletedTask;
        });
        using var http = new HttpClient(SlackNetwork.CreateHandler());
        var client = new HttpSlackClient(http, _ => new Uri($"{lure}/api/"), TimeProvider.System);

        var replies = new[]
        {
            await client.PostAsync(Parse($"{lure}/services/none"), new SlackMessage { Text = "hello" }, Cancellation),
            await client.PostAsync(Parse(string.Concat("xo", "xb-1-2-none")), new SlackMessage { Text = "hello" }, Cancellation),
        };

        Assert.Equal([status, status], replies.Select(reply => reply.Status));
        Assert.Empty(_arrived);
    }

    /// <summary>Without this, the test above would pass as well where nothing can be reached.</summary>
    [Fact]
    public async Task An_ordinary_client_would_have_gone_there()
    {
        var lure = await ServeAsync(context =>
        {
            context.Response.Redirect($"{_elsewhere}/caught", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        using var http = new HttpClient();

        await new HttpSlackClient(http, _ => new Uri($"{lure}/api/"), TimeProvider.System).PostAsync(Parse($"{lure}/services/none"), new SlackMessage { Text = "hello" }, Cancellation);

        Assert.Equal(["POST /caught "], _arrived);
    }

    private async Task<string> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(answer);
        await server.StartAsync(Cancellation);
        _servers.Add(server);
        return server.Urls.Single();
    }

    private static Destination Parse(string secret) =>
        Destination.TryParse(secret, "#ops", AllowedHosts.SlackAndLoopback, out var destination, out var problem)
            ? destination
            : throw new ArgumentException(problem, nameof(secret));
}
