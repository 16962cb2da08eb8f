using Relay.Incidents;
using Relay.Reports;

namespace Relay.Tests.Incidents;

public sealed class IdentityTests
{
    private static readonly Run _run = A.Run() with { Project = "git.example.com/ops/site", Labels = Label("env", "prod") };

    private static readonly Event _failure = A.Failure() with
    {
        Task = "Install nginx 1.28",
        WrittenTask = "Install nginx {{ version }}",
        Path = "roles/nginx/tasks/main.yml:12",
    };

    public static TheoryData<string, Event, Run> TheSame => new()
    {
        { "another host", _failure with { Host = "db-7", Id = "x" }, _run },
        { "another machine that ran it", _failure, _run with { Source = "ctl-02.example.com" } },
        { "another run", _failure, _run with { Id = "x", AnsibleVersion = "2.21.0", Revision = "f00d" } },
        { "another cause", _failure with { Message = "Could not get lock", Cause = "Could not get lock", CauseKey = "0123456789abcdef" }, _run },
        { "another inventory, whose hosts are others", _failure, _run with { Inventory = "dev.ini" } },
        { "another line, since an edit has moved the task", _failure with { Path = "roles/nginx/tasks/main.yml:14" }, _run },
        { "another name as it was rendered", _failure with { Task = "Install nginx 1.29" }, _run },
        { "the tags and variables of a run", _failure, _run with { Tags = ["web"], ExtraVariables = ["version"] } },
        { "its recovery", A.Recovery(_failure), _run },
        { "push or pull", _failure, _run with { Mode = RunModes.Pull } },
    };

    public static TheoryData<string, Event, Run> Another => new()
    {
        { "another project", _failure, _run with { Project = "git.example.com/ops/blog" } },
        { "another playbook", _failure, _run with { Playbook = "blog/site.yml" } },
        { "another task at the same line", _failure with { WrittenTask = "Start nginx" }, _run },
        { "another role", _failure with { Role = "apache" }, _run },
        { "another file", _failure with { Path = "roles/nginx/tasks/install.yml:12" }, _run },
        { "another module", _failure with { Action = "ansible.builtin.dnf" }, _run },
        { "another label", _failure, _run with { Labels = Label("env", "dev") } },
        { "a label whose value is another one's name", _failure, _run with { Labels = Label("envprod", "") } },
        { "unreachable", _failure with { Kind = EventKind.Unreachable }, _run },
        { "a test", _failure, _run with { Mode = RunModes.Test } },
        { "the relay itself", _failure, _run with { Mode = RunModes.Relay } },
    };

    [Theory]
    [MemberData(nameof(TheSame))]
    public void What_differs_between_hosts_and_runs_does_not_count(string what, Event one, Run run) =>
        Assert.True(Of(_failure, _run) == Of(one, run), what);

    [Theory]
    [MemberData(nameof(Another))]
    public void Another_thing_that_is_broken_is_another_incident(string what, Event one, Run run) =>
        Assert.True(Of(_failure, _run) != Of(one, run), what);

    [Theory]
    [InlineData("db", "#db", true)]
    [InlineData("db", " DB ", true)]
    [InlineData(null, "", true)]
    [InlineData(null, "#", true)]
    [InlineData("db", "web", false)]
    [InlineData("db", null, false)]
    public void The_channel_that_was_asked_for_counts(string? one, string? other, bool same) =>
        Assert.Equal(same, Identity.Of(one, _run, _failure) == Identity.Of(other, _run, _failure));

    [Fact]
    public void Which_task_found_the_host_unreachable_does_not_count()
    {
        var unreachable = _failure with { Kind = EventKind.Unreachable };

        Assert.Equal(Of(unreachable, _run), Of(unreachable with { WrittenTask = "Gathering Facts", Action = "setup", Path = null, Role = null }, _run));
    }

    [Fact]
    public void Only_a_task_without_a_name_is_known_by_its_line()
    {
        var nameless = _failure with { Task = null, WrittenTask = null };

        Assert.NotEqual(Of(nameless, _run), Of(nameless with { Path = "roles/nginx/tasks/main.yml:14" }, _run));
    }

    [Fact]
    public void An_absolute_path_does_not_count_since_the_name_of_the_host_may_be_in_it() => Assert.Equal(
        Of(_failure with { Path = "/root/.ansible/pull/web-01.example.com/local.yml:3" }, _run),
        Of(_failure with { Path = "/root/.ansible/pull/web-02.example.com/local.yml:3" }, _run));

    [Theory]
    [InlineData("Restart web-01", "web-01", "Restart db-7", "db-7")]
    [InlineData("Restart web-01", "web-01.example.com", "Restart db-7", "db-7.example.com")]
    public void The_name_of_the_host_in_that_of_a_task_does_not_count(string task, string host, string otherTask, string otherHost) => Assert.Equal(
        Of(_failure with { WrittenTask = task, Host = host }, _run),
        Of(_failure with { WrittenTask = otherTask, Host = otherHost }, _run));

    [Fact]
    public void It_never_changes_under_its_version() => Assert.Equal("v1-d6b33bc52ea75c68e9c43905f250261f", Of(_failure, _run).ToString());

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

    private static Dictionary<string, string> Label(string name, string value) => new() { [name] = value };

    private static Fingerprint Of(Event one, Run run) => Identity.Of(null, run, one);
}
