using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Local.Tests.SlackEmulator;

public sealed class EndpointTests : IAsyncLifetime
{
    private const string Hook = "/slack/services/T1/web/secret-part";
    private const string Hello = """{"text":"hello"}""";

    private readonly FakeTimeProvider time = new(Emulation.Start);

    // Set before any test runs.
    private RunningEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await RunningEmulator.StartAsync(time);

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    [Fact]
    public async Task A_webhook_answers_as_Slack_does()
    {
        using var first = await emulator.SendAsync(HttpMethod.Post, Hook, Hello);
        using var second = await emulator.SendAsync(HttpMethod.Post, Hook, Hello);

        Assert.Equal((200, "text/plain"), ((int)first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        Assert.Equal("ok", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((429, "application/json"), ((int)second.StatusCode, second.Content.Headers.ContentType?.MediaType));
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task The_web_api_needs_a_bearer_token()
    {
        const string Body = """{"channel":"C1","text":"hello"}""";

        var without = await emulator.AskAsync(HttpMethod.Post, "/slack/api/chat.postMessage", Body);
        var with = await emulator.AskAsync(HttpMethod.Post, "/slack/api/chat.postMessage", Body, "a-token");
        var updated = await emulator.AskAsync(
            HttpMethod.Post, "/slack/api/chat.update", """{"channel":"C1","ts":"1795341600.000000","text":"bye"}""", "a-token");

        Assert.Equal((200, """{"ok":false,"error":"not_authed"}"""), without);
        Assert.Equal((200, """{"ok":true,"channel":"C1","ts":"1795341600.000000"}"""), with);
        Assert.Equal(with, updated);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 413)]
    [InlineData(1024 * 1024, 413)]
    public async Task A_body_has_at_most_one_MiB(int above, int status)
    {
        var body = Hello + new string(' ', (1024 * 1024) - Hello.Length + above);

        Assert.Equal(status, (await emulator.AskAsync(HttpMethod.Post, Hook, body)).Status);
        Assert.Equal(above == 0 ? 400 : 413, (await emulator.AskAsync(HttpMethod.Put, "/slack/faults", body)).Status);
    }

    [Fact]
    public async Task Messages_are_listed_and_emptied_and_never_show_the_token_of_a_webhook()
    {
        await emulator.AskAsync(HttpMethod.Post, Hook, Hello);

        var (status, list) = await emulator.AskAsync(HttpMethod.Get, "/slack/messages");
        var (_, stats) = await emulator.AskAsync(HttpMethod.Get, "/slack/stats");
        var (emptied, _) = await emulator.AskAsync(HttpMethod.Delete, "/slack/messages");
        var (_, empty) = await emulator.AskAsync(HttpMethod.Get, "/slack/messages");

        Assert.Equal(
            """[{"id":1,"destination":"T1/web","channel":"web","ts":"1795341600.000000","""
            + """ "receivedAt":"2026-11-22T10:00:00+00:00","payload":{"text":"hello"},"edited":null,"threadTs":null}]""".TrimStart(),
            list);
        Assert.Equal("""{"T1/web":{"accepted":1,"edited":0,"rateLimited":0,"refused":0,"smallestGapMs":null}}""", stats);
        Assert.Equal((200, 204, "[]"), (status, emptied, empty));
    }

    [Fact]
    public async Task A_fault_is_set_shown_and_deleted()
    {
        const string Fault = """{"mode":"status","status":429,"retryAfter":7,"count":3}""";

        var (put, _) = await emulator.AskAsync(HttpMethod.Put, "/slack/faults", Fault);
        using var met = await emulator.SendAsync(HttpMethod.Post, Hook, Hello);
        var shown = JsonElement.Parse((await emulator.AskAsync(HttpMethod.Get, "/slack/faults")).Body);
        var (deleted, _) = await emulator.AskAsync(HttpMethod.Delete, "/slack/faults");
        var (after, _) = await emulator.AskAsync(HttpMethod.Post, Hook, Hello);

        Assert.Equal((200, 429, 204, 200), (put, (int)met.StatusCode, deleted, after));
        Assert.Equal(TimeSpan.FromSeconds(7), met.Headers.RetryAfter?.Delta);
        Assert.Equal((2, 1), (shown.GetProperty("remaining").GetInt32(), shown.GetProperty("met").GetInt32()));
        Assert.Equal("status", shown.GetProperty("fault").GetProperty("mode").GetString());
    }

    [Fact]
    public async Task A_bad_fault_is_refused_with_a_reason_and_changes_nothing()
    {
        var (status, body) = await emulator.AskAsync(HttpMethod.Put, "/slack/faults", """{"mode":"status"}""");

        Assert.Equal(400, status);
        Assert.Equal("status is needed in mode status", JsonElement.Parse(body).GetProperty("detail").GetString());
        Assert.StartsWith("""{"fault":null""", (await emulator.AskAsync(HttpMethod.Get, "/slack/faults")).Body, StringComparison.Ordinal);
    }
}
