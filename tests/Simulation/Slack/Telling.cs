using Relay.Incidents;
using Relay.Slack;
using Simulation.Hosting;

namespace Simulation.Slack;

/// <summary>What people read in Slack of one incident.</summary>
/// <param name="Incident">The name of its task, which no two incidents of the simulation share.</param>
/// <param name="IsAnswered">Whether Slack's answer left it.</param>
internal sealed record Telling(DateTimeOffset At, string Incident, Saying Saying, IReadOnlyList<string> Hosts, Work Work, bool IsAnswered)
{
    private const string Recovered = " (recovered)";

    /// <summary>When the post began that brought it.</summary>
    public DateTimeOffset PostedAt { get; } = Work.PostedAt;

    /// <summary>Reads an attachment as people do: from what it says.</summary>
    public static Telling Read(Attachment attachment, string incident, DateTimeOffset at, Work work, bool isAnswered) => new(
        at,
        incident,
        SayingOf(attachment.Title),
        HostsOf(attachment.Fields.First(field => field.Title.StartsWith("Hosts", StringComparison.Ordinal)).Value),
        work,
        isAnswered);

    /// <summary>What the attachment is about, where it says so.</summary>
    public static string IncidentOf(Attachment attachment) => attachment.Fields.First(field => field.Title == "Task").Value;

    public override string ToString() => $"{Saying} {Incident} on {string.Join(", ", Hosts)}";

    private static Saying SayingOf(string title) =>
        Says(title, " is fixed on ", " reachable again") ? Saying.Resolve
        : Says(title, " still ") ? Saying.Remind
        : Says(title, " too (", " more hosts ") ? Saying.Update
        : Saying.Announce;

    private static bool Says(string title, params string[] words) => words.Any(word => title.Contains(word, StringComparison.Ordinal));

    private static string[] HostsOf(string value) => value.Split('\n')[0].Replace(Recovered, "", StringComparison.Ordinal).Split(", ");
}
