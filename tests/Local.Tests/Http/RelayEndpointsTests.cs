using System.Net;
using System.Text.RegularExpressions;
using Local.Http;
using Local.SlackEmulator;
using Local.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relay;
using Relay.Incidents;
using Relay.Routes;
using Relay.Storage;

namespace Local.Tests.Http;

public sealed partial class RelayEndpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("loca")]
    public async Task Nothing_answers_without_the_key_but_health_and_the_emulator(string? key)
    {
        await using var app = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        var guarded = new List<string>();
        foreach (var (method, pattern) in EndpointsOf(app))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Parameter().Replace(pattern, "x"));
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

            var mayBeOpen = WhyItIsOpen(method, pattern) is not null;
            Assert.True(mayBeOpen || answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {pattern}: {answer.StatusCode}");
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                guarded.Add($"{method} {pattern}");
            }
        }

        Assert.Equal(["GET /metrics", "POST /api/reports"], guarded.Order());
    }

    [Fact]
    public async Task With_the_key_what_is_guarded_answers()
    {
        await using var app = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await client.GetAsync("/metrics?code=local", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Null for an address that has to ask for the key, as every new one has.</summary>
    private static string? WhyItIsOpen(string method, string pattern) => (method, pattern.Split('/')[1]) switch
    {
        ("GET", "api") when pattern == "/api/health" => "Whoever watches the relay has no key, and it says no more than whether storage answers.",
        ("GET", "" or "inbox") => "The emulator's page, which a browser opens.",
        (_, "slack") => "The emulator stands for Slack, which knows nothing of the relay's key.",
        _ => null,
    };

    private static IEnumerable<(string Method, string Pattern)> EndpointsOf(IEndpointRouteBuilder app) =>
        from source in app.DataSources
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "PUT", "DELETE"]
        select (method, $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}");

    /// <summary>The relay as the program puts it together, without its listeners.</summary>
    private async Task<WebApplication> StartAsync()
    {
        var queues = await azurite.CreateQueuesAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddRelay(new RouteTable([]), new IncidentPolicy())
            .AddStorage(await azurite.CreateContainerAsync(), queues.Reports)
            .AddSlackEmulator()
            .AddSingleton(queues)
            .AddSingleton<MeteredNumbers>()
            .AddSingleton<ReportLimit>()
            .AddSingleton(new CallerKey("local"));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapRelay();
        app.MapSlackEmulator();
        await app.StartAsync(Cancellation);
        return app;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
