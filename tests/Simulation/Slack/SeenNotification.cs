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
    /// <summary>When the post began that brought it.</summary>
    public DateTimeOffset PostedAt { get; } = Work.PostedAt;

    /// <summary>Whether the relay tells of itself.</summary>
    public bool IsOfRelay => Hosts.Contains(DeadLetterReport.Host);

    /// <summary>Reads a message as people do: from what it says.</summary>
    public static IReadOnlyList<SeenNotification> Read(SlackMessage message, Scenario scenario, DateTimeOffset at, Work work, bool isAnswered)
    {
        return message.Text is { } text
            ? [Of(text, text, text, "")]
            : [.. message.Attachments.Select(one => Of(one.Title, HostsOf(one), $"{one.Text} {one.Fallback}", one.Footer))];

        SeenNotification Of(string title, string hosts, string body, string footer)
        {
            var kind = KindOf(title);
            return new(
                at,
                TroubleOf(title, footer, scenario),
                kind,
                kind == NotificationKind.Resolve || Recovered.IsMatch(hosts),
                Names(Host, hosts),
                Names(Cause, body),
                work,
                isAnswered);
        }
    }

    public override string ToString() => $"{Kind} {Trouble} on {string.Join(", ", Hosts)} {string.Join(", ", Causes)}{(IsOver ? ", over" : "")} at {At:HH:mm:ss}";

    /// <summary>The footer says who has run what, the title what has failed. A plain text has no footer, and is only of what has a name of its own.</summary>
    private static Trouble? TroubleOf(string title, string footer, Scenario scenario)
    {
        var task = title.Contains("reachable", StringComparison.Ordinal) ? null : Task.Match(title).Value;
        var origin = scenario.Senders.FirstOrDefault(sender => footer.Contains(sender.Name, StringComparison.Ordinal))?.Origin;
        return scenario.Troubles.FirstOrDefault(trouble => trouble.Task == task && (origin is null ? footer.Length == 0 : trouble.Origin == origin));
    }

    private static NotificationKind KindOf(string title) =>
        Says(title, " is fixed on ", " reachable again") ? NotificationKind.Resolve
        : Says(title, " fails again on ", " unreachable again") ? NotificationKind.Return
        : Says(title, " still ") ? NotificationKind.Remind
        : Says(title, " too (", " more hosts ") ? NotificationKind.Update
        : NotificationKind.Announce;

    private static bool Says(string title, params string[] words) => words.Any(word => title.Contains(word, StringComparison.Ordinal));

    private static string HostsOf(Attachment attachment) =>
        attachment.Fields.First(field => field.Title.StartsWith("Hosts", StringComparison.Ordinal)).Value;

    private static string[] Names(Regex name, string text) => [.. name.Matches(text).Select(match => match.Value).Distinct()];

    [GeneratedRegex("Install [a-z]+")]
    private static partial Regex Task { get; }

    [GeneratedRegex("web-[a-z]|slack-relay")]
    private static partial Regex Host { get; }

    [GeneratedRegex("Reason [0-9]+[a-z]+")]
    private static partial Regex Cause { get; }

    [GeneratedRegex(@" \(recovered\)|\n([0-9]+) of \1 recovered")]
    private static partial Regex Recovered { get; }
}
