namespace Local.Tests.SlackEmulator;

public sealed class HangTests : IAsyncLifetime
{
    private const string Hook = "/slack/services/T1/web/x";
    private const string Hello = """{"text":"hello"}""";

    private readonly NoticedTime time = new();

    // Set before any test runs.
    private RunningEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await RunningEmulator.StartAsync(time);

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    [Theory]
    [InlineData("false", 504, "[]")]
    [InlineData("true", 200, """[{"id":1,""")]
    public async Task An_answer_is_held_back_for_as_long_as_the_fault_says(string accepted, int status, string kept)
    {
        await emulator.AskAsync(HttpMethod.Put, "/slack/faults", $$"""{"mode":"hang","seconds":20,"accepted":{{accepted}}}""");

        var post = emulator.AskAsync(HttpMethod.Post, Hook, Hello);
        await time.SomebodyWaits;
        time.Advance(TimeSpan.FromSeconds(19.9));
        var (_, messages) = await emulator.AskAsync(HttpMethod.Get, "/slack/messages");
        var isEarly = post.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(isEarly);
        Assert.StartsWith(kept, messages, StringComparison.Ordinal);
        Assert.Equal(status, (await post).Status);
    }

    [Fact]
    public async Task A_held_answer_and_an_open_stream_do_not_hold_up_the_end()
    {
        await emulator.AskAsync(HttpMethod.Put, "/slack/faults", """{"mode":"hang","seconds":600}""");
        using var stream = await emulator.SendAsync(HttpMethod.Get, "/slack/stream");
        var post = emulator.AskAsync(HttpMethod.Post, Hook, Hello);
        await time.SomebodyWaits;

        // A host gives up on open requests after 30 s; this has to be quicker.
        await emulator.StopAsync().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<HttpRequestException>(() => post);
    }
}
