using Relay.Reports;

namespace Relay.Tests;

/// <summary>A run and events that are like real ones; a test names only what it is about.</summary>
public static class A
{
    private static int _ids;

    public static Run Run(string source = "ctl-01.example.com", string playbook = "site.yml") => new()
    {
        Id = "0b8e5a3c",
        Source = source,
        Playbook = playbook,
        Mode = "push",
        AnsibleVersion = "2.18.1",
    };

    public static Event Failure(string host = "web-01", string task = "Install nginx", string message = "No package matching 'nginx' is available") => new()
    {
        Id = $"event-{Interlocked.Increment(ref _ids)}",
        Kind = EventKind.Failed,
        At = JumpingTime.Start,
        Host = host,
        Play = "Web",
        Task = task,
        Role = "nginx",
        Action = "ansible.builtin.apt",
        Message = message,
    };

    public static Event Recovery(Event failure) => failure with
    {
        Id = $"event-{Interlocked.Increment(ref _ids)}",
        Kind = EventKind.Recovered,
        Of = failure.Kind,
        Recovers = [failure.Id],
    };
}
