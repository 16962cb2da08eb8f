using Local.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relay.Telemetry;

namespace Local.Tests.Http;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task The_relay_s_numbers_are_shown_as_text()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<RelayMeter>().AddSingleton<MeteredNumbers>();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapMetrics();
        await app.StartAsync(TestContext.Current.CancellationToken);

        var meter = app.Services.GetRequiredService<RelayMeter>();
        meter.Accepted(2);
        meter.Accepted(3);
        meter.Posted("db", attachments: 0);
        meter.Found(Relay.Routes.Route.Default, TimeSpan.FromSeconds(1.5));
        meter.Found(Relay.Routes.Route.Default, TimeSpan.FromSeconds(2));
        meter.Tried("db", isDead: true);
        meter.Tried("db", isDead: false);

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var answer = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("# TYPE relay_events_accepted_total counter", lines);
        Assert.Contains("relay_events_accepted_total 5", lines);
        Assert.Contains("relay_messages_posted_total{relay_route=\"db\"} 1", lines);
        Assert.Contains("# TYPE relay_outbox_age_seconds summary", lines);
        Assert.Contains("relay_outbox_age_seconds_sum{relay_route=\"default\"} 3.5", lines);
        Assert.Contains("relay_outbox_age_seconds_count{relay_route=\"default\"} 2", lines);
        Assert.Contains("relay_routes_dead{relay_route=\"db\"} 0", lines);
    }
}
