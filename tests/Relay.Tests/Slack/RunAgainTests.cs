using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class RunAgainTests
{
    [Fact]
    public void It_names_what_the_run_had_and_the_hosts_that_failed()
    {
        var run = Notifications.Run with { Tags = ["web", "tls"], SkipTags = ["slow"], ExtraVariables = ["version", "@vars/prod.yml"], CheckMode = true, Playbook = "plays/my site.yml" };

        Assert.Equal(
            "`ansible-playbook -i prod.ini 'plays/my site.yml' --limit web-01,web-02 --tags web,tls --skip-tags slow"
            + " -e \"version=${version:?}\" -e @vars/prod.yml --check`",
            LineOf(run, "web-01", "web-02"));
    }

    [Fact]
    public void Every_inventory_has_an_option_of_its_own() =>
        Assert.Equal("`ansible-playbook -i hosts.ini -i dc2/hosts.ini site.yml --limit web-01`", LineOf(Notifications.Run with { Inventory = "hosts.ini,dc2/hosts.ini" }, "web-01"));

    public static TheoryData<string> Without => ["pull", "test", "inline", "awx:7", "/etc/ansible/hosts", "~/hosts", "../hosts", "plays/../../hosts", "…/ansible/hosts", "`hosts`"];

    [Theory]
    [MemberData(nameof(Without))]
    public void There_is_none_where_it_would_not_run_as_it_stands(string what) =>
        Assert.Null(LineOf(Notifications.Run with { Mode = what is "pull" or "test" ? what : RunModes.Push, Inventory = what }, "web-01"));

    [Theory]
    [InlineData("web 1")]
    [InlineData("web-1;id")]
    [InlineData("~web")]
    [InlineData("-web")]
    [InlineData("2001:db8::1")]
    [InlineData("web-[1:3]")]
    [InlineData("ctl-1.example.com")]
    public void A_host_that_a_limit_would_not_find_leaves_none(string host) => Assert.Null(LineOf(Notifications.Run, host));

    [Theory]
    [InlineData("my-version")]
    [InlineData("$(id)")]
    [InlineData("@/etc/vars.yml")]
    public void A_variable_that_a_shell_cannot_have_leaves_none(string variable) =>
        Assert.Null(LineOf(Notifications.Run with { ExtraVariables = [variable] }, "web-01"));

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void More_than_twenty_hosts_are_too_many(int hosts, bool expected) =>
        Assert.Equal(expected, LineOf(Notifications.Run, [.. Notifications.Names(hosts)]) is not null);

    [Fact]
    public void Only_the_hosts_of_the_newest_run_that_still_fail_are_named()
    {
        HostRecord[] hosts = [Notifications.Failing("web-01"), Notifications.Failing("web-02") with { LastRun = "another" }, Notifications.Recovered(Notifications.Failing("web-03"))];

        Assert.Equal("`ansible-playbook -i prod.ini site.yml --limit web-01`", LineOf(Notifications.Run, hosts));
    }

    private static string? LineOf(Run run, params string[] hosts) => LineOf(run, [.. hosts.Select(host => Notifications.Failing(host))]);

    private static string? LineOf(Run run, HostRecord[] hosts)
    {
        var notification = Notifications.Of(NotificationKind.Announce, Notifications.Failed, hosts, run: run);
        return RunAgain.Of(notification, new IncidentHosts(notification));
    }
}
