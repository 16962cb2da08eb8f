using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relay.Reports;

/// <summary>One failure on one host, or its end.</summary>
public sealed record Event
{
    /// <summary>Unique for each event, and the same when it is sent again.</summary>
    public required string Id { get; init; }

    /// <summary>The run that it is of, where that is another one than its report's: what has waited long goes into few reports.</summary>
    public string? Run { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>For <see cref="EventKind.Recovered"/>: the kind of the event that is taken back.</summary>
    public EventKind? Of { get; init; }

    /// <summary>For <see cref="EventKind.Recovered"/>: the ids of the failures that it ends, and of no other.</summary>
    public IReadOnlyList<string>? Recovers { get; init; }

    /// <summary>By the clock of the reporting machine, which may be wrong: shown, never decided on.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The inventory's name of the host.</summary>
    public required string Host { get; init; }

    /// <summary>The host that did the work in its place.</summary>
    public string? DelegatedTo { get; init; }

    /// <summary>The name of the play.</summary>
    public string? Play { get; init; }

    /// <summary>The name of the task.</summary>
    public string? Task { get; init; }

    /// <summary>The task's name as the playbook writes it, such as <c>Deploy {{ version }}</c>.</summary>
    public string? WrittenTask { get; init; }

    /// <summary>Whether the task is a handler.</summary>
    public bool? Handler { get; init; }

    /// <summary>The role that the task belongs to.</summary>
    public string? Role { get; init; }

    /// <summary>The module, such as <c>ansible.builtin.apt</c>.</summary>
    public string? Action { get; init; }

    /// <summary>File and line of the task, relative to the project.</summary>
    public string? Path { get; init; }

    /// <summary>How often the task was tried.</summary>
    public int? Attempts { get; init; }

    /// <summary>The one line that tells what went wrong, at most 300 characters.</summary>
    public string? Cause { get; init; }

    /// <summary>16 hexadecimal digits over the pattern of <see cref="Cause"/>.</summary>
    public string? CauseKey { get; init; }

    /// <summary>The text that says best what failed.</summary>
    public string? Message { get; init; }

    /// <summary>The exit code of the command that the task ran.</summary>
    public int? ReturnCode { get; init; }

    /// <summary>An excerpt of what the command wrote to its standard output.</summary>
    public string? Stdout { get; init; }

    /// <summary>An excerpt of what the command wrote to its standard error.</summary>
    public string? Stderr { get; init; }

    /// <summary>The items of a loop that failed.</summary>
    public IReadOnlyList<FailedItem>? Items { get; init; }

    /// <summary>How many items the loop had.</summary>
    public int? ItemCount { get; init; }

    /// <summary>Whatever else the task returned that helps to debug it: a JSON object.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>The kind of failure that this event starts, repeats or ends.</summary>
    [JsonIgnore]
    public EventKind FailureKind => Kind == EventKind.Recovered ? Of ?? EventKind.Failed : Kind;
}
