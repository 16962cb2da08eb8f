using Relay.Incidents;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class MessageComposerTests
{
    [Fact]
    public void Notices_keep_their_order_and_are_an_attachment_each()
    {
        Notification[] notifications = [Notifications.Announce(Notifications.Failed), Notifications.Announce(Notifications.Unreachable, 3)];

        var (message, taken) = MessageComposer.Compose(notifications);

        Assert.Equal(2, taken);
        Assert.Null(message.Text);
        Assert.Equal(["Install nginx failed on web-01", "3 hosts are unreachable"], message.Attachments.Select(drawn => drawn.Title));
    }

    [Fact]
    public void A_message_has_no_more_attachments_than_Slack_shows_well()
    {
        var resolved = Notifications.Of(NotificationKind.Resolve, Notifications.Unreachable, Notifications.Recovered(1));

        var (message, taken) = MessageComposer.Compose([.. Enumerable.Repeat(resolved, 50)]);

        Assert.Equal((20, 20), (taken, message.Attachments.Count));
    }

    [Fact]
    public void A_message_is_no_longer_than_Slack_shows_well()
    {
        var large = Notifications.Announce(Notifications.Failed with { Message = new string('&', 9_000), Stderr = new string('<', 9_000) }, 200);

        var (message, taken) = MessageComposer.Compose([.. Enumerable.Repeat(large, 50)]);

        Assert.Equal(taken, message.Attachments.Count);
        Assert.InRange(taken, 3, 19);
        Assert.InRange(message.Attachments.Sum(attachment => attachment.Length), 9_000, MessageComposer.Longest);
    }

    [Fact]
    public void Plain_is_one_short_line()
    {
        var message = MessageComposer.Plain(Notifications.Announce(Notifications.Failed));

        Assert.Empty(message.Attachments);
        Assert.Equal("```Install nginx failed on web-01: No package matching 'nginx-extra' is available```", message.Text);
    }

    [Fact]
    public void Plain_names_the_hosts_where_they_are_several()
    {
        var message = MessageComposer.Plain(Notifications.Announce(Notifications.Failed, hosts: 2));

        Assert.Equal("```Install nginx failed on 2 hosts: No package matching 'nginx-extra' is available\nweb-[01:02]```", message.Text);
    }

    [Fact]
    public void Plain_is_as_inert_and_bounded_as_an_attachment() =>
        Assert.All(Enumerable.Range(0, 200).Select(HostileNotification.Of), notification =>
        {
            var text = MessageComposer.Plain(notification).Text;

            Assert.NotNull(text);
            WireAssert.IsOneFence(text);
            Assert.InRange(text.Length, 7, 700);
        });

    [Theory]
    [InlineData(1, null)]
    [InlineData(200, null)]
    [InlineData(900, "web-01, web-03, ")]
    public void All_hosts_are_listed_where_the_card_does_not(int hosts, string? expected)
    {
        var names = Enumerable.Range(1, hosts).Select(number => $"web-{(hosts > 300 ? (2 * number) - 1 : number):00}");
        var list = MessageComposer.AllHosts(Notifications.Of(NotificationKind.Announce, Notifications.Failed, names.Select(name => Notifications.Failing(name))));

        Assert.Equal(expected is null, list is null);
        Assert.StartsWith($"```{expected}", list?.Text ?? "```", StringComparison.Ordinal);
        Assert.InRange(list?.Text?.Length ?? 0, 0, 4_000);
    }

    [Fact]
    public void Nothing_makes_no_message() => Assert.Throws<ArgumentException>(() => MessageComposer.Compose([]));
}
