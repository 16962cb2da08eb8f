using System.Text.Json.Serialization;

namespace Relay.Reports;

/// <summary>The Ansible run that a report comes from.</summary>
public sealed record Run
{
    /// <summary>Unique for each run.</summary>
    public required string Id { get; init; }

    /// <summary>The machine that ran Ansible.</summary>
    public required string Source { get; init; }

    /// <summary>Where the playbook comes from, such as <c>git.example.com/ops/site</c>: told apart from every other project.</summary>
    public string? Project { get; init; }

    /// <summary>The playbook's path within the project; null where no playbook ran.</summary>
    public string? Playbook { get; init; }

    /// <summary>The inventories as they were given, relative to the project; <c>inline</c> for a list of hosts.</summary>
    public string? Inventory { get; init; }

    /// <summary>One of <see cref="RunModes"/>.</summary>
    public string? Mode { get; init; }

    /// <summary>Whether somebody only tried whether reports arrive: nothing is wrong.</summary>
    [JsonIgnore]
    public bool IsTest => Mode == RunModes.Test;

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

    /// <summary>The tags that the run was limited to.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The tags that the run left out.</summary>
    public IReadOnlyList<string>? SkipTags { get; init; }

    /// <summary>The names of the extra variables; their values stay on the host.</summary>
    public IReadOnlyList<string>? ExtraVariables { get; init; }

    /// <summary>How many hosts the play had.</summary>
    public int? HostCount { get; init; }

    /// <summary>The version of the callback.</summary>
    public string? CallbackVersion { get; init; }

    /// <summary>Of a clean run: when the next one is due.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>Names and values that the operator gave the run: where it belongs, such as <c>env=prod</c>.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
