using Relay.Incidents;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class StormMessageTests
{
    [Fact]
    public void Each_incident_is_a_line_of_its_title_and_cause() =>
        Assert.Equal("[prod] Restart app-1 failed on web-01: Unit app-1.service not found", StormMessage.Line(Storm.Of(1, NotificationKind.Announce)));

    [Fact]
    public void Five_lines_are_an_attachment_and_sixty_a_message()
    {
        var (message, taken) = StormMessage.Compose(Storm.Of(213));

        Assert.Equal((60, 12), (taken, message.Attachments.Count));
        Assert.Equal("[prod] 60 tasks failed", message.Attachments[0].Title);
        Assert.All(message.Attachments.Skip(1), one => Assert.Empty(one.Title));
        Assert.All(message.Attachments, one => Assert.Equal(5, one.Text?.Split('\n').Length));
    }

    [Fact]
    public void The_largest_are_cards_where_there_are_to_be_any()
    {
        var (message, taken) = StormMessage.Compose(Storm.Of(30), cards: 10);

        Assert.Equal((30, 10 + 4), (taken, message.Attachments.Count));
        Assert.Equal("[prod] Restart app-16 failed on 3 hosts", message.Attachments[0].Title);
        Assert.Equal("[prod] 20 more tasks failed", message.Attachments[10].Title);
    }

    [Fact]
    public void What_is_fixed_stands_apart_from_what_fails()
    {
        Notification[] mixed = [.. Enumerable.Range(1, 24).Select(number => Storm.Of(number, number % 2 == 0 ? NotificationKind.Announce : NotificationKind.Resolve))];

        var titles = StormMessage.Compose(mixed).Message.Attachments.Select(one => (one.Title, one.Color)).ToList();

        Assert.Equal(
            [("[prod] 12 incidents are over", "#2eb67d"), ("", "#2eb67d"), ("", "#2eb67d"), ("[prod] 12 tasks failed", "#d40e0d"), ("", "#d40e0d"), ("", "#d40e0d")],
            titles);
    }

    [Fact]
    public void Whatever_the_lines_say_the_message_is_inert_and_no_longer_than_Slack_shows_well() => Assert.All(Enumerable.Range(0, 8), seed =>
    {
        var notifications = Enumerable.Range(0, 70).Select(number => HostileNotification.Of((seed * 100) + number)).ToList();

        var (message, taken) = StormMessage.Compose(notifications, cards: seed % 4 * 4);

        Assert.InRange(taken, 1, 60);
        Assert.InRange(message.Attachments.Count, 1, 20);
        Assert.InRange(message.Attachments.Sum(one => one.Length), 1, MessageComposer.Longest);
        Assert.All(message.Attachments, one => WireAssert.IsInertText(one.Text!)); // Not null: it holds lines or causes.
        Assert.All(notifications, one => Assert.InRange(StormMessage.Line(one).Length, 1, 200));
    });

    [Fact]
    public void Nothing_makes_no_message() => Assert.Throws<ArgumentException>(() => StormMessage.Compose([]));
}
