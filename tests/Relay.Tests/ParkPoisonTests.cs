using Microsoft.Extensions.Logging;
using Relay.Messages;
using Relay.Routes;
using Relay.Storage;
using Relay.Telemetry;

namespace Relay.Tests;

public sealed class ParkPoisonTests
{
    private const string Rubbish = """{"type":"rubbish","hush":"é"}""";

    private readonly TestRelay _relay = new(new Route("db", "slack-webhook-url-db", null));

    private IReadOnlyList<string> Parked => [.. _relay.Blobs.Names.Where(name => name.StartsWith("parked/poison/", StringComparison.Ordinal))];

    [Fact]
    public async Task A_message_is_kept_as_it_was_with_the_reason_beside_it()
    {
        await ParkAsync(Rubbish);

        var name = Assert.Single(Parked);
        Assert.Matches("^parked/poison/20261122T100000Z-[0-9a-f]{16}$", name);
        var blob = await _relay.Blobs.ReadAsync(name, TestContext.Current.CancellationToken);
        Assert.Equal(Rubbish, blob?.Content);
        Assert.Equal("unreadable", blob?.Metadata["kind"]);
        Assert.StartsWith("It is no message of this relay.", blob?.Metadata["why"]);
    }

    [Fact]
    public async Task An_alert_finds_it_in_the_log_without_its_content()
    {
        await ParkAsync(Rubbish);

        var line = Assert.Single(_relay.Log.Lines, line => line.Id == RelayEvents.Parked);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains(Parked[0], line.Text);
        Assert.Contains("Kind: unreadable, Bytes: 30", line.Text);
        Assert.DoesNotContain("hush", line.Text);
    }

    [Fact]
    public async Task Slack_shows_its_size_and_kind_and_nothing_that_it_says()
    {
        await ParkAsync(Rubbish);

        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        var attachment = Assert.Single(Assert.Single(_relay.Slack.Taken).Attachments);
        Assert.Equal("The relay parked a message that it could not handle", attachment.Title);
        Assert.Contains($"newest: {Parked[0]}, unreadable, 30 bytes", attachment.Text);
        Assert.DoesNotContain("hush", attachment.ToString());
        Assert.DoesNotContain("rubbish", attachment.ToString());
    }

    [Fact]
    public async Task Parking_that_broke_off_before_the_mark_is_told_of_when_it_is_done_again()
    {
        _relay.Blobs.BeforeCall = (call, name) => (call, name[..7]) == ("write", "outbox/")
            ? throw new StorageUnavailableException("mark an incident", new IOException("away"))
            : Task.CompletedTask;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ParkAsync(Rubbish));
        _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;
        _relay.Time.AdvanceTo(JumpingTime.Start.AddSeconds(15));

        await ParkAsync(Rubbish);
        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Single(Assert.Single(_relay.Slack.Taken).Attachments);
    }

    [Fact]
    public async Task Messages_of_every_kind_are_one_incident()
    {
        var events = new EventsMessage(JumpingTime.Start, "db", A.Run(), [A.Failure()]);
        await ParkAsync(Rubbish);
        await ParkAsync(events.ToJson());
        await ParkAsync(new FlushMessage("db", JumpingTime.Start).ToJson());
        await ParkAsync("");

        await _relay.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(4, Parked.Count);
        Assert.Single(Assert.Single(_relay.Slack.Taken).Attachments);
    }

    [Fact]
    public async Task The_same_message_parked_again_stays_one_blob()
    {
        await ParkAsync(Rubbish);
        _relay.Time.Advance(TimeSpan.FromMinutes(10));

        await ParkAsync(Rubbish);

        Assert.Single(Parked);
        await _relay.RunForAsync(TimeSpan.FromMinutes(10));
        Assert.Single(_relay.Slack.Taken);
    }

    [Fact]
    public async Task One_that_is_put_back_and_fails_again_days_later_is_reported_again()
    {
        await ParkAsync(Rubbish);
        await _relay.RunForAsync(TimeSpan.FromDays(2));

        await ParkAsync(Rubbish);
        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, _relay.Slack.Taken.Count);
    }

    [Fact]
    public async Task News_whose_flush_was_the_message_are_flushed_all_the_same()
    {
        await _relay.ReceiveAsync("db", A.Failure());
        await _relay.HandleNextAsync();
        _relay.Time.Advance(TimeSpan.FromMinutes(5));
        var flush = _relay.Queue.Receive() ?? "";
        Assert.Null(_relay.Queue.Next);

        await ParkAsync(flush);
        await _relay.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(
            ["Install nginx failed on web-01", "The relay parked a message that it could not handle"],
            _relay.Slack.Taken.Select(message => message.Attachments[0].Title).Order());
    }

    [Fact]
    public async Task Whatever_breaks_off_is_done_by_doing_it_again()
    {
        for (var calls = 0; Parked.Count == 0 || calls < 20; calls++)
        {
            var left = calls;
            _relay.Blobs.BeforeCall = (_, _) => left-- > 0 ? Task.CompletedTask : throw new StorageUnavailableException("answer", new IOException("away"));
            try
            {
                await ParkAsync(Rubbish);
                break;
            }
            catch (StorageUnavailableException)
            {
                // Comes again, and gets one call further.
            }
        }

        _relay.Blobs.BeforeCall = (_, _) => Task.CompletedTask;
        await _relay.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Single(Parked);
        Assert.Single(_relay.Slack.Taken);
    }

    private Task ParkAsync(string message) => _relay.Get<ParkPoison>().HandleAsync(message, TestContext.Current.CancellationToken);
}
