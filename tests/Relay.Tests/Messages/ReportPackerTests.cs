using System.Text;
using System.Text.Json;
using Relay.Messages;
using Relay.Reports;

namespace Relay.Tests.Messages;

public sealed class ReportPackerTests
{
    [Fact]
    public void What_fits_is_one_message()
    {
        var message = Assert.Single(Pack(A.Failure("web-01"), A.Failure("web-02")));

        Assert.Equal(["web-01", "web-02"], message.Events.Select(one => one.Host));
    }

    [Fact]
    public void Many_events_are_as_few_messages_as_hold_them_in_their_order()
    {
        var events = Enumerable.Range(0, 1000).Select(n => A.Failure($"web-{n}")).ToArray();

        var messages = Pack(events);

        Assert.Equal(events.Select(one => one.Host), messages.SelectMany(message => message.Events).Select(one => one.Host));
        Assert.All(messages, message => Assert.InRange(Size(message), 1, ReportPacker.Largest));
        Assert.All(messages.Zip(messages.Skip(1)), pair => Assert.True(Size(pair.First) + Size(pair.Second) > ReportPacker.Largest));
    }

    [Fact]
    public void A_failure_and_its_recovery_are_in_one_message()
    {
        var failures = Enumerable.Range(0, 100).Select(n => A.Failure($"web-{n}") with { Stdout = new string('x', 2_000) }).ToList();

        var messages = Pack([.. failures, .. failures.Select(A.Recovery)]);

        Assert.True(messages.Count > 1);
        Assert.All(messages, message => Assert.All(message.Events.GroupBy(one => one.Host), story =>
            Assert.Equal([EventKind.Failed, EventKind.Recovered], story.Select(one => one.Kind))));
    }

    [Fact]
    public void Each_event_counts_as_received_after_the_one_before_it()
    {
        var messages = Pack([.. Enumerable.Range(0, 1000).Select(n => A.Failure($"web-{n}"))]);

        var times = messages.SelectMany(message => message.Events.Select((_, index) => message.ReceivedAtOf(index))).ToList();
        Assert.Equal(times.Order().Distinct(), times);
    }

    [Fact]
    public void An_event_that_is_too_large_has_its_longest_texts_cut_in_the_middle()
    {
        var large = A.Failure() with { Stdout = "begin" + new string('x', 90_000) + "end", Stderr = new string('é', 40_000) };

        var message = Assert.Single(Pack(large));

        var one = Assert.Single(message.Events);
        Assert.InRange(Size(message), ReportPacker.Largest / 2, ReportPacker.Largest);
        Assert.StartsWith("begin", one.Stdout);
        Assert.EndsWith("end", one.Stdout);
        Assert.Matches(@"\[… \d+ bytes left out …\]", one.Stdout);
        Assert.Equal(large.Message, one.Message);
    }

    [Fact]
    public void A_cut_counts_the_bytes_that_it_left_out()
    {
        var one = Assert.Single(Assert.Single(Pack(A.Failure() with { Stdout = new string('x', 200_000) })).Events);

        var left = int.Parse(one.Stdout!.Split("[… ")[1].Split(' ')[0]);
        Assert.Equal(200_000, left + one.Stdout.Count(c => c == 'x'));
    }

    [Fact]
    public void An_event_of_very_many_items_keeps_the_first_and_says_how_many_it_left_out()
    {
        var items = Enumerable.Range(0, 5000).Select(n => new FailedItem($"package-{n}", "not available")).ToList();

        var one = Assert.Single(Assert.Single(Pack(A.Failure() with { Items = items })).Events);

        Assert.Equal("package-0", one.Items![0].Item);
        Assert.Equal("[4990 more items left out]", one.Items[^1].Item);
    }

    [Fact]
    public void A_run_as_large_as_the_schema_allows_leaves_room_for_its_events()
    {
        var wide = new string('\u0001', 255);
        var run = A.Run() with { Playbook = new('\u0001', 1024), Source = wide, User = wide, Labels = Enumerable.Range(0, 20).ToDictionary(n => $"{n}", _ => wide) };
        var large = A.Failure() with { Message = new string('\u0001', 60_000), Items = [.. Enumerable.Range(0, 500).Select(_ => new FailedItem(wide, wide))] };

        var messages = ReportPacker.Pack(new Report(null, run, [large, A.Failure()]), JumpingTime.Start);

        Assert.Equal(2, messages.Sum(message => message.Events.Count));
        Assert.All(messages, message => Assert.InRange(Size(message), 1, ReportPacker.Largest));
    }

    [Fact]
    public void Details_go_before_items_and_short_texts()
    {
        var details = JsonSerializer.SerializeToElement(Enumerable.Range(0, 9000).ToDictionary(n => $"key-{n}", n => n));

        var one = Assert.Single(Assert.Single(Pack(A.Failure() with { Details = details, Items = [new("nginx", null)] })).Events);

        Assert.Null(one.Details);
        Assert.Equal("nginx", Assert.Single(one.Items!).Item);
    }

    [Fact]
    public void A_message_is_read_back_as_it_was_written()
    {
        var message = Assert.Single(Pack(A.Failure(message: "Ünïcode <b> & \"quotes\" \u0001")));

        Assert.Equal(message.ToJson(), RelayMessage.Parse(message.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("rubbish")]
    [InlineData("{\"type\":\"events/2\"}")]
    public void What_is_no_message_of_the_relay_is_refused(string json) =>
        Assert.Throws<JsonException>(() => RelayMessage.Parse(json));

    private static IReadOnlyList<EventsMessage> Pack(params Event[] events) =>
        ReportPacker.Pack(new Report(null, A.Run(), events), JumpingTime.Start);

    private static int Size(EventsMessage message) => Encoding.UTF8.GetByteCount(message.ToJson());
}
