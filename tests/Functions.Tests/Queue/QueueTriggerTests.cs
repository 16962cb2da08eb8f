using Functions.Queue;
using Functions.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Relay;
using Relay.Messages;
using Relay.Storage;
using Relay.Tests.Storage;

namespace Functions.Tests.Queue;

public sealed class QueueTriggerTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly RecordingQueue _queue = new();
    private readonly InMemoryBlobStore _blobs;
    private readonly ServiceProvider _provider;

    public QueueTriggerTests()
    {
        _blobs = new InMemoryBlobStore(_time);
        _provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_time)
            .AddFunctionsRelay(FunctionsOptionsTests.Read(false, []))
            .AddSingleton<IMessageQueue>(_queue)
            .AddSingleton<IBlobStore>(_blobs)
            .BuildServiceProvider();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_handled_and_makes_a_flush_due()
    {
        var context = Requests.Post(Requests.Report);
        await ActivatorUtilities.CreateInstance<Functions.Http.ReceiveReport>(_provider).RunAsync(context.Request);

        await Trigger<NotifySlack>().RunAsync(_queue.Messages.Single().ToJson(), Cancellation);

        Assert.IsType<FlushMessage>(_queue.Messages.Last());
        Assert.NotEmpty(await _blobs.ListAsync("outbox/", Cancellation));
    }

    [Fact]
    public async Task What_is_no_message_is_left_to_the_host_to_deliver_again() =>
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => Trigger<NotifySlack>().RunAsync("{}", Cancellation));

    [Fact]
    public async Task Storage_that_is_away_is_left_to_the_host_to_deliver_again()
    {
        await using var provider = new ServiceCollection()
            .AddLogging()
            .AddFunctionsRelay(FunctionsOptionsTests.Read(false, []))
            .AddSingleton<IMessageQueue>(new RecordingQueue { Away = true })
            .AddSingleton<IBlobStore>(_blobs)
            .BuildServiceProvider();
        var context = Requests.Post(Requests.Report);
        await Trigger<Functions.Http.ReceiveReport>().RunAsync(context.Request);

        var trigger = ActivatorUtilities.CreateInstance<NotifySlack>(provider);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => trigger.RunAsync(_queue.Messages.Single().ToJson(), Cancellation));
    }

    [Fact]
    public async Task Routes_are_looked_through_with_the_first_message_and_again_after_ten_minutes()
    {
        var resumer = _provider.GetRequiredService<RouteResumer>();
        await LoseAFlushAsync();

        await resumer.ResumeIfDueAsync(Cancellation);
        var first = _queue.Messages.Count;
        await LoseAFlushAsync();
        _time.Advance(ResumeRoutes.Interval - TimeSpan.FromSeconds(1));
        await resumer.ResumeIfDueAsync(Cancellation);
        var early = _queue.Messages.Count;
        _time.Advance(TimeSpan.FromSeconds(1));
        await resumer.ResumeIfDueAsync(Cancellation);

        Assert.Equal((1, 1, 2), (first, early, _queue.Messages.Count));
    }

    [Fact]
    public async Task A_poison_message_is_parked_and_the_routes_are_looked_through()
    {
        await LoseAFlushAsync();

        await Trigger<Functions.Queue.ParkPoison>().RunAsync("nonsense", Cancellation);

        Assert.NotEmpty(await _blobs.ListAsync("parked/", Cancellation));
        Assert.Contains(_queue.Messages, message => message is FlushMessage);
    }

    /// <summary>News in the outbox, and no flush that would tell them.</summary>
    private async Task LoseAFlushAsync()
    {
        foreach (var due in (await _blobs.ListAsync("routes/", Cancellation)).Where(blob => blob.Name.EndsWith(".due", StringComparison.Ordinal)))
        {
            await _blobs.DeleteAsync(due.Name, BlobCondition.None, Cancellation);
        }

        await _blobs.WriteAsync("outbox/default/news", BlobContent.Empty, BlobCondition.None, Cancellation);
    }

    private T Trigger<T>() => ActivatorUtilities.CreateInstance<T>(_provider);
}
