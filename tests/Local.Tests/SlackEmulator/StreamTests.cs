using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Local.Tests.SlackEmulator;

public sealed class StreamTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(Emulation.Start);

    // Set before any test runs.
    private RunningEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await RunningEmulator.StartAsync(time);

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    [Fact]
    public async Task News_is_pushed_as_it_happens()
    {
        var ct = TestContext.Current.CancellationToken;
        using var response = await emulator.SendAsync(HttpMethod.Get, "/slack/stream");
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        await using var events = SseParser.Create(body).EnumerateAsync(ct).GetAsyncEnumerator(ct);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("ready", ""), await NextAsync(events));

        await emulator.AskAsync(HttpMethod.Post, "/slack/services/T1/web/x", """{"text":"<script>\n😀"}""");
        Assert.Equal(("activity", ""), await NextAsync(events));
        var (kind, data) = await NextAsync(events);
        Assert.Equal(("message", "<script>\n😀"), (kind, JsonElement.Parse(data).GetProperty("payload").GetProperty("text").GetString()));

        await emulator.AskAsync(HttpMethod.Delete, "/slack/messages");
        Assert.Equal(("cleared", ""), await NextAsync(events));
    }

    private static async Task<(string Kind, string Data)> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync());
        return (events.Current.EventType, events.Current.Data);
    }
}
