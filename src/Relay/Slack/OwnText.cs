using Relay.Incidents;
using Relay.Reports;
using Relay.Routes;

namespace Relay.Slack;

/// <summary>What the relay says of itself: that a test has come by, and that it has put something aside.</summary>
internal static class OwnText
{
    private const string Replay = "`dotnet run --project src/Operations -- replay`";

    /// <summary>How many messages were put aside.</summary>
    public static string Title(IncidentHosts hosts)
    {
        var count = hosts.All.Sum(host => host.Failures - host.Settled);
        return count > 1
            ? $"The relay parked {Headline.Number(count)} messages that it could not handle"
            : "The relay parked a message that it could not handle";
    }

    /// <summary>Which way a test has taken, or what was parked last and what to do about it.</summary>
    public static string Of(Notification notification, IncidentHosts hosts)
    {
        var (run, seen) = notification.Incident.Evidence;
        string?[] lines = run.Mode == RunModes.Test
            ? [$"by {RouteOf(notification)}{Version(run)}"]
            :
            [
                .. (seen.Items ?? []).Take(1).Select(item => SlackText.Fence(SlackText.CodeLine($"newest: {item.Item}, {item.Message}", 390), 400)),
                "Failures that it reports may not have reached Slack.",
                $"{Replay} once the cause is mended · docs/operations.md · since {SlackTime.Of(hosts.Since)}",
            ];
        return string.Join('\n', lines);
    }

    /// <summary>What to say where a report asked for a channel that the relay does not know: the message stands elsewhere.</summary>
    public static string? Misrouted(Notification notification) =>
        notification.Incident.Evidence.Channel is { } channel && Route.NameOf(channel) != notification.Incident.Route
            ? $"asked for the channel “{SlackText.Prose(channel, 80)}”, which this relay does not know"
            : null;

    private static string Version(Run run) => run.CallbackVersion is { } version ? $" · callback {SlackText.Prose(version, 40)}" : "";

    private static string RouteOf(Notification notification) => notification.Incident.Route == Route.Default
        ? "the default route"
        : $"the route “{SlackText.Prose(notification.Incident.Route, 80)}”";
}
