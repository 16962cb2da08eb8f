using Relay.Incidents;
using Relay.Reports;

namespace Relay.Tests.Incidents;

public sealed class FingerprintV1Tests
{
    private static readonly Event _failure = A.Failure();

    public static TheoryData<string, Event, Run> TheSame => new()
    {
        { "another host", _failure with { Host = "db-7", Id = "x" }, A.Run() },
        { "another machine that ran it", _failure, A.Run(source: "ctl-02.example.com") },
        { "another run", _failure, A.Run() with { Id = "x", AnsibleVersion = "2.21.0" } },
        { "another directory", _failure, A.Run(playbook: "/srv/ansible/site.yml") },
        { "the prefix of a newer Ansible", _failure with { Message = "Task failed: " + _failure.Message }, A.Run() },
        { "its recovery", A.Recovery(_failure), A.Run() },
        { "an absolute path", _failure with { Path = "/root/.ansible/pull/web-01.example.com/local.yml:3" }, A.Run() },
        { "another output", _failure with { Stdout = "x", Stderr = "y", Details = null, ReturnCode = 3 }, A.Run() },
    };

    public static TheoryData<string, Event, Run> Another => new()
    {
        { "another playbook", _failure, A.Run(playbook: "db.yml") },
        { "another task", _failure with { Task = "Start nginx" }, A.Run() },
        { "another role", _failure with { Role = "apache" }, A.Run() },
        { "another place", _failure with { Path = "roles/nginx/tasks/main.yml:12" }, A.Run() },
        { "another module", _failure with { Action = "ansible.builtin.dnf" }, A.Run() },
        { "another message", _failure with { Message = "Could not get lock" }, A.Run() },
        { "unreachable", _failure with { Kind = EventKind.Unreachable }, A.Run() },
    };

    [Theory]
    [MemberData(nameof(TheSame))]
    public void What_differs_between_hosts_and_runs_does_not_count(string what, Event one, Run run) =>
        Assert.True(Of(_failure, A.Run()) == Of(one, run), what);

    [Theory]
    [MemberData(nameof(Another))]
    public void Another_thing_that_is_broken_is_another_incident(string what, Event one, Run run) =>
        Assert.True(Of(_failure, A.Run()) != Of(one, run), what);

    [Fact]
    public void Another_route_is_another_incident() =>
        Assert.NotEqual(FingerprintV1.Of("default", A.Run(), _failure), FingerprintV1.Of("db", A.Run(), _failure));

    [Fact]
    public void Which_task_found_the_host_unreachable_does_not_count()
    {
        var unreachable = A.Failure(message: "Failed to connect to the host via ssh: ssh: connect to host 10.0.0.7 port 22: Connection refused") with { Kind = EventKind.Unreachable };

        Assert.Equal(
            Of(unreachable, A.Run()),
            Of(unreachable with { Task = "Gathering Facts", Action = "setup", Host = "db-1", Message = unreachable.Message!.Replace("10.0.0.7", "10.2.3.4") }, A.Run()));
    }

    [Fact]
    public void A_place_counts_rather_than_the_name_of_the_task_there()
    {
        var placed = _failure with { Path = "roles/nginx/tasks/main.yml:12" };

        Assert.Equal(Of(placed, A.Run()), Of(placed with { Task = "Install nginx for web-01" }, A.Run()));
    }

    [Fact]
    public void It_never_changes_under_its_version() =>
        Assert.Equal(Golden, Of(_failure, A.Run()).ToString());

    [Theory]
    [InlineData("v1-0123456789abcdef0123456789abcdef", true)]
    [InlineData("v12-0123456789abcdef0123456789abcdef", true)]
    [InlineData("v1-0123456789ABCDEF0123456789abcdef", false)]
    [InlineData("v1-0123", false)]
    [InlineData("1-0123456789abcdef0123456789abcdef", false)]
    [InlineData("v1-../../../../../../../../../../etc", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_its_own_spelling_is_read(string? text, bool valid)
    {
        Assert.Equal(valid, Fingerprint.TryParse(text, out var fingerprint));
        Assert.Equal(valid ? text : null, fingerprint?.ToString());
    }

    private const string Golden = "v1-eeb2a793211da7e1ce5b5c031e4e3683";

    private static Fingerprint Of(Event one, Run run) => FingerprintV1.Of("default", run, one);
}
