using System.Text.RegularExpressions;
using Relay.DeadLetters;
using Relay.Incidents;
using Relay.Slack;
using Simulation.Hosting;
using Simulation.Plays;

namespace Simulation.Slack;

/// <summary>What people read in Slack of one incident, or of one that Slack refuses, among what was parked.</summary>
/// <param name="Trouble">What it is about by its own words; null where the scenario knows nothing of the kind.</param>
/// <param name="IsOver">Whether it says that nothing of it fails.</param>
/// <param name="Causes">The reasons that it shows.</param>
/// <param name="IsAnswered">Whether Slack's answer left it.</param>
internal sealed partial record SeenNotification(
    DateTimeOffset At,
    Trouble? Trouble,
    NotificationKind Kind,
    bool IsOver,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<string> Causes,
    Work Work,
    bool IsAnswered)
{
    private static readonly string[] _over =
        [" is fixed on ", ", and is fixed", " reachable again", " was unreachable", " were unreachable", ", and nothing was heard of"];

    /// <summary>When the post began that brought it.</summary>
    public DateTimeOffset PostedAt { get; } = Work.PostedAt;

    /// <summary>Whether the relay tells of itself.</summary>
    public bool IsOfRelay => Hosts.Contains(DeadLetterReport.Host);

    /// <summary>Reads a message as people do: from what it says, and in which channel it stands.</summary>
    /// <param name="route">The route that leads to that channel.</param>
    public static IReadOnlyList<SeenNotification> Read(SlackMessage message, string route, Scenario scenario, DateTimeOffset at, Work work, bool isAnswered)
    {
        return message.Text is { } text
            ? [Of(text, text, null)]
            : [.. message.Attachments.Select(one => Of(one.Title, $"{one.Title}\n{one.Text}\n{one.Fallback}", one.Footer))];

        SeenNotification Of(string title, string body, string? footer) => new(
            at,
            TroubleOf(title, footer, route, scenario),
            KindOf(title),
            KindOf(title) != NotificationKind.Update && Says(title, _over) && !Says(title, " still "),
            title.Contains("The relay parked", StringComparison.Ordinal) ? [DeadLetterReport.Host] : Names(Host, body),
            Names(Cause, body),
            work,
            isAnswered);
    }

    public override string ToString() => $"{Kind} {Trouble} on {string.Join(", ", Hosts)} {string.Join(", ", Causes)}{(IsOver ? ", over" : "")} at {At:HH:mm:ss}";

    /// <summary>The title says what has failed and in which environment, the footer of which project. A plain text has no footer.</summary>
    private static Trouble? TroubleOf(string title, string? footer, string route, Scenario scenario)
    {
        var task = title.Contains("reachable", StringComparison.Ordinal) ? null : Task.Match(title).Value;
        var environment = Environment.Match(title) is { Success: true, Groups: [_, var name] } ? name.Value : null;
        var origin = footer?.Split(" · ");
        return scenario.Troubles.FirstOrDefault(trouble =>
            (trouble.Task, trouble.Origin.Route, trouble.Origin.Environment) == (task, route, environment)
            && (origin is null || (origin.Contains(trouble.Origin.Project) && origin.Contains(trouble.Origin.Playbook))));
    }

    private static NotificationKind KindOf(string title) =>
        Says(title, " fails again on ", " failed again on ", " unreachable again") ? NotificationKind.Return
        : Says(title, " is fixed on ", ", and is fixed", " reachable again") ? NotificationKind.Resolve
        : Says(title, " too (", " too, ", " more hosts", " with a new cause", " with another cause") ? NotificationKind.Update
        : Says(title, " still fails on ", " still unreachable") ? NotificationKind.Remind
        : NotificationKind.Announce;

    private static bool Says(string title, params string[] words) => words.Any(word => title.Contains(word, StringComparison.Ordinal));

    private static string[] Names(Regex name, string text) => [.. name.Matches(text).Select(match => match.Value).Distinct()];

    [GeneratedRegex("Install [a-z]+")]
    private static partial Regex Task { get; }

    [GeneratedRegex(@"\A`*\[([a-z]+)\] ")]
    private static partial Regex Environment { get; }

    [GeneratedRegex("web-[a-z]|slack-relay")]
    private static partial Regex Host { get; }

    [GeneratedRegex("Reason [0-9]+[a-z]+")]
    private static partial Regex Cause { get; }
}
