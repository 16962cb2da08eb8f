using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class FooterTests
{
    [Fact]
    public void It_says_which_project_playbook_machine_and_revision() =>
        Assert.Equal("git.example.com/ops/site · site.yml · ctl-1.example.com · 4f0c2ab9 · team=web", FooterOf(Notifications.Announce(Notifications.Failed)));

    [Fact]
    public void Where_there_is_no_line_to_copy_it_says_the_inventory() =>
        Assert.Contains("site.yml · prod.ini · ctl-1", FooterOf(Notifications.Announce(Notifications.Failed, 21)), StringComparison.Ordinal);

    [Fact]
    public void What_says_nothing_is_left_out() =>
        Assert.Equal("ctl", FooterOf(Notifications.Announce(Notifications.Failed, run: new Run { Id = "run", Source = "ctl" })));

    [Fact]
    public void Hosts_of_several_runs_have_no_machine_and_revision_in_common()
    {
        var hosts = Notifications.Failing(2).Select((host, at) => host with { LastRun = $"{at}" });

        Assert.Equal("git.example.com/ops/site · site.yml · prod.ini · team=web", FooterOf(Notifications.Of(NotificationKind.Announce, Notifications.Failed, hosts)));
    }

    [Fact]
    public void Labels_are_few_in_order_and_without_the_environment()
    {
        var labels = Enumerable.Range(1, 8).ToDictionary(number => $"l{9 - number}", number => $"{number}");
        labels["env"] = "prod";

        Assert.EndsWith(
            " · l1=8 · l2=7 · l3=6 · l4=5 · l5=4 · and 3 more labels",
            FooterOf(Notifications.Announce(Notifications.Failed, run: Notifications.Run with { Labels = labels })),
            StringComparison.Ordinal);
    }

    private static string? FooterOf(Notification notification) => AttachmentRenderer.Render(notification).Footer;
}
