using System.Text.RegularExpressions;
using Relay.Incidents;
using Relay.Slack;
using Simulation.Hosting;

namespace Simulation.Slack;

/// <summary>What people read in Slack of one incident, or of one that Slack refuses, among what was parked.</summary>
/// <param name="Incident">The name of its task, which no two incidents of the simulation share.</param>
/// <param name="IsAnswered">Whether Slack's answer left it.</param>
internal sealed partial record SeenNotification(DateTimeOffset At, string Incident, NotificationKind Kind, IReadOnlyList<string> Hosts, Work Work, bool IsAnswered)
{
    /// <summary>When the post began that brought it.</summary>
    public DateTimeOffset PostedAt { get; } = Work.PostedAt;

    /// <summary>Reads a message as people do: from what it says.</summary>
    /// <param name="incidents">What it is about.</param>
    public static IEnumerable<SeenNotification> Read(SlackMessage message, IReadOnlyList<string> incidents, DateTimeOffset at, Work work, bool isAnswered) =>
        message.Text is { } text
            ? [new(at, incidents[0], KindOf(text), [.. Host.Matches(text).Select(match => match.Value).Distinct()], work, isAnswered)]
            : message.Attachments.Zip(incidents, (attachment, incident) => new SeenNotification(at, incident, KindOf(attachment.Title), HostsOf(attachment), work, isAnswered));

    /// <summary>What the message is about, where it says so.</summary>
    public static IReadOnlyList<string> IncidentsOf(SlackMessage message) => message.Text is { } text
        ? [Task.Match(text).Value]
        : [.. message.Attachments.Select(attachment => Task.Match(TextOf(attachment)).Value)];

    public override string ToString() => $"{Kind} {Incident} on {string.Join(", ", Hosts)}";

    private static NotificationKind KindOf(string title) =>
        Says(title, " is fixed on ", " reachable again") ? NotificationKind.Resolve
        : Says(title, " still ") ? NotificationKind.Remind
        : Says(title, " too (", " more hosts ") ? NotificationKind.Update
        : NotificationKind.Announce;

    private static bool Says(string title, params string[] words) => words.Any(word => title.Contains(word, StringComparison.Ordinal));

    private static string[] HostsOf(Attachment attachment) =>
        [.. Host.Matches(TextOf(attachment)).Select(match => match.Value).Distinct()];

    private static string TextOf(Attachment attachment) => $"{attachment.Title}\n{attachment.Text}\n{attachment.Footer}";

    [GeneratedRegex("Install [a-z]+")]
    private static partial Regex Task { get; }

    [GeneratedRegex("web-[a-z]")]
    private static partial Regex Host { get; }
}
