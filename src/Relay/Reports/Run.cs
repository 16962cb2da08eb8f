using System.Text.Json.Serialization;

namespace Relay.Reports;

/// <summary>The Ansible run that a report comes from.</summary>
public sealed record Run
{
    /// <summary>Unique for each run.</summary>
    public required string Id { get; init; }

    /// <summary>The machine that ran Ansible.</summary>
    public required string Source { get; init; }

    /// <summary>The playbook as it was named on the command line; null where no playbook ran.</summary>
    public string? Playbook { get; init; }

    /// <summary><c>push</c>, <c>pull</c> or <c>test</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Whether somebody only tried whether reports arrive: nothing is wrong.</summary>
    [JsonIgnore]
    public bool IsTest => Mode == "test";

    /// <summary>By the clock of <see cref="Source"/>.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The version of ansible-core.</summary>
    public string? AnsibleVersion { get; init; }

    /// <summary>Whether the run only tried what it would change.</summary>
    public bool? CheckMode { get; init; }

    /// <summary>Who ran it.</summary>
    public string? User { get; init; }

    /// <summary>The revision of the playbooks.</summary>
    public string? Revision { get; init; }

    /// <summary>Where to read more, such as the page of a CI job.</summary>
    public string? Link { get; init; }

    /// <summary>Names and values that the operator gave the run.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
