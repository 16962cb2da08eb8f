using System.Text.Json;
using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.Slack;

/// <summary>Why it failed: each cause with its hosts, the most common first, as lines of wire text for a fence.</summary>
internal sealed class CauseLines(Notification notification, IncidentHosts hosts)
{
    private const int Most = 5;
    private const int LongestAlone = 400;
    private const int LongestOfSeveral = 200;
    private const int LongestHosts = 120;

    private readonly Event _seen = notification.Incident.Evidence.Event;

    /// <summary>The lines that this kind of notification shows; none where it is not about what fails.</summary>
    public IReadOnlyList<string> Lines() => (notification.Kind, notification.Detail) switch
    {
        (NotificationKind.Update, _) => New(),
        (NotificationKind.Remind, Detail.News) => [],
        (NotificationKind.Remind, _) => Named(hosts.Failing),
        (NotificationKind.Resolve, Detail.Reminder) when hosts.IsFirst => Named(hosts.All),
        (NotificationKind.Resolve, Detail.Whole) => Named(hosts.All),
        (NotificationKind.Resolve, _) => [],
        _ => ItemsOf(hosts.Broken) ?? Named(hosts.Explained),
    };

    /// <summary>All causes in one line of wire text, for where there is one line for everything.</summary>
    public string InOneLine(int max)
    {
        var causes = notification.Kind == NotificationKind.Update ? Unread() : hosts.CausesOf(hosts.Explained);
        return causes switch
        {
            [] => "",
            [var one] => SlackText.Line(SlackText.Unescape(ItemsOf(hosts.Broken)?[0] ?? Alone(one)), max),
            _ => SlackText.Line(
                string.Join(", ", causes.Take(Most).Select(cause => $"{Short(Words(cause), LongestHosts)} ({cause.Hosts.Count})"))
                + (causes.Count > Most ? $" and {causes.Count - Most} more" : ""),
                max),
        };
    }

    private List<string> Named(IReadOnlyList<HostRecord> some) => hosts.CausesOf(some) switch
    {
        [var one] => [SlackText.Cut(Alone(one), LongestAlone)],
        var causes => Several(causes, cause => WithHosts(cause)),
    };

    private List<string> New() => Unread() switch
    {
        [var one] => [SlackText.Cut(Alone(one), LongestAlone)],
        var causes => Several(causes, cause => (hosts.WasShown(cause.Cause.Key) ? "also now: " : "new: ") + WithHosts(cause)),
    };

    /// <summary>The causes of the news: what nobody has read before comes first.</summary>
    private IReadOnlyList<IncidentCause> Unread() => [.. hosts.CausesOf(hosts.New).OrderBy(cause => hosts.WasShown(cause.Cause.Key))];

    private static List<string> Several(IReadOnlyList<IncidentCause> causes, Func<IncidentCause, string> line)
    {
        var left = causes.Skip(Most).ToList();
        return
        [
            .. causes.Take(Most).Select(line),
            .. left.Count > 0
                ? (string[])[$"and {left.Count} more causes, on {Headline.Number(left.Sum(cause => cause.Hosts.Count))} hosts"]
                : [],
        ];
    }

    /// <summary>A loop's failure is explained by its items, but only where it is that of the one host.</summary>
    private IReadOnlyList<string>? ItemsOf(IReadOnlyList<HostRecord> some) =>
        some.Count == 1 && hosts.IsOne && IsOfEvidence(hosts.CausesOf(some)) && LoopItems.Lines(_seen, LongestOfSeveral) is { Count: > 0 } lines
            ? lines
            : null;

    private bool IsOfEvidence(IReadOnlyList<IncidentCause> causes) => causes is [var one] && one.Cause.Key == Cause.Of(_seen).Key;

    private string WithHosts(IncidentCause cause) => $"{Line(cause)} — {hosts.Ranges(cause.Hosts, LongestHosts, SlackText.CodeLine)}";

    private string Alone(IncidentCause cause) => Example(cause) + SlackText.Block(Words(cause));

    private string Line(IncidentCause cause) => SlackText.Cut(Example(cause) + SlackText.Block(Words(cause)), LongestOfSeveral);

    /// <summary>Whose words they are, where another host says it in its own.</summary>
    private string Example(IncidentCause cause) =>
        cause.IsExample || (cause.Hosts.Count > 1 && GenericMessage.Is(cause.Cause.Line))
            ? $"e.g. {SlackText.Escape(CleanText.Line(Speaker(cause)))}: "
            : "";

    private string Speaker(IncidentCause cause) =>
        hosts.NameOf(cause.Hosts.FirstOrDefault(host => host.Host == _seen.Host && host.Cause == cause.Cause)
            ?? cause.Hosts.First(host => host.Cause == cause.Cause));

    /// <summary>The cause, or what is known of a command that has said nothing.</summary>
    private string Words(IncidentCause cause)
    {
        if (!GenericMessage.Is(cause.Cause.Line) || !cause.Hosts.Any(host => host.Host == _seen.Host))
        {
            return cause.Cause.Line;
        }

        var code = _seen.ReturnCode is { } rc ? $"ended with code {rc}" : "failed";
        return Command() is { } command ? $"{command} {code} and printed nothing"
            : _seen.ReturnCode is null ? (cause.Cause.Line.Length > 0 ? cause.Cause.Line : "it does not say why")
            : $"it {code} and printed nothing";
    }

    private string? Command() =>
        _seen.Details is { ValueKind: JsonValueKind.Object } details
        && details.TryGetProperty("cmd", out var command)
        && command.ValueKind == JsonValueKind.String
            ? Short(command.GetString() ?? "", LongestOfSeveral)
            : null;

    private static string Short(string text, int max) => SlackText.Unescape(SlackText.Cut(SlackText.Escape(CleanText.Line(text)), max));
}
