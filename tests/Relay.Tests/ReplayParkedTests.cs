using Relay.DeadLetters;
using Relay.Messages;
using Relay.Storage;

namespace Relay.Tests;

public sealed class ReplayParkedTests
{
    private const string Rubbish = """{"type":"rubbish"}""";

    private readonly TestRelay _relay = new();

    private IEnumerable<string> Parked => _relay.Blobs.Names.Where(name => name.StartsWith("parked/poison/", StringComparison.Ordinal));

    private IEnumerable<string> Delivered => _relay.Slack.Taken.SelectMany(message => message.Attachments).Select(attachment => attachment.Title.Split(" failed")[0]);

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task Failures_are_delivered_however_long_they_were_parked(int days)
    {
        await ParkAsync(new EventsMessage(JumpingTime.Start, null, A.Run(), [A.Failure()]).ToJson());
        await _relay.RunForAsync(TimeSpan.FromDays(days));

        var replayed = await ReplayAsync();
        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((1, 0), (replayed.Sent, replayed.Left.Count));
        Assert.Contains("Install nginx", Delivered);
        Assert.Empty(Parked);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task What_is_no_message_of_the_relay_stays()
    {
        await ParkAsync(Rubbish);

        var replayed = await ReplayAsync();

        Assert.Equal(0, replayed.Sent);
        Assert.Equal(Parked, replayed.Left);
        Assert.Single(Parked);
    }

    [Fact]
    public async Task Whatever_breaks_off_is_done_by_doing_it_again()
    {
        var failures = Enumerable.Range(0, 3).Select(i => A.Failure(task: $"Task {i}")).ToList();
        foreach (var failure in failures)
        {
            await ParkAsync(new EventsMessage(JumpingTime.Start, null, A.Run(), [failure]).ToJson());
        }

        for (var calls = 0; Parked.Any(); calls++)
        {
            var left = calls;
            _relay.Blobs.BeforeCall = (_, _) => left-- > 0 ? Task.CompletedTask : throw new StorageUnavailableException("answer", new IOException("away"));
            await Record.ExceptionAsync(ReplayAsync);
        }

        _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;
        await _relay.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal([.. failures.Select(failure => failure.Task), "The relay parked 3 messages that it could not handle"], Delivered.Order());
        _relay.AssertIdle();
    }

    private Task ParkAsync(string message) => _relay.Get<ParkPoison>().HandleAsync(message, TestContext.Current.CancellationToken);

    private Task<Replayed> ReplayAsync() => _relay.Get<ReplayParked>().HandleAsync(TestContext.Current.CancellationToken);
}
