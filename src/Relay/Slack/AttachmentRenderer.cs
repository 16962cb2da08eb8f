using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.Slack;

/// <summary>Draws one incident for whoever is woken by it: what broke, where and why, first.</summary>
internal static class AttachmentRenderer
{
    /// <summary>The longest an attachment becomes, in characters on the wire.</summary>
    public const int Longest = 4_000;

    private const string Good = "#2eb67d";
    private const string Bad = "#d40e0d";
    private const string Changed = "#e8912d";
    private const string Ended = "#8d8d8d";
    private const int LongestText = 1_800;
    private const int LongestFallback = 300;
    private const int LongestLink = 1_000;

    /// <summary>The attachment of <paramref name="notification"/>, with all text escaped and bounded.</summary>
    public static Attachment Render(Notification notification)
    {
        var hosts = new IncidentHosts(notification);
        var run = notification.Incident.Evidence.Run;
        var isOpen = notification is { Detail: Detail.Whole, Kind: not NotificationKind.Resolve };
        var again = isOpen ? RunAgain.Of(notification, hosts) : null;
        var attachment = new Attachment
        {
            Color = Color(notification, hosts),
            Fallback = Summary(notification, hosts, LongestFallback),
            Title = Headline.Of(notification, hosts),
            TitleLink = hosts.AreOfOneRun ? Link(run.Link) : null,
            Footer = run.IsTest ? null : Footer.Of(notification, hosts, namesInventory: again is null),
        };
        return attachment with { Text = IncidentText.Of(notification, hosts, again, Math.Min(Longest - attachment.Length, LongestText)) };
    }

    /// <summary>The notification in one line of wire text: its title and its causes.</summary>
    internal static string Summary(Notification notification, IncidentHosts hosts, int max)
    {
        var title = Headline.Of(notification, hosts);
        var hasCauses = notification.Incident.Evidence.Run.Mode is not (RunModes.Test or RunModes.Relay)
            && (notification.Kind != NotificationKind.Resolve || (hosts.IsFirst && notification.Detail != Detail.Whole));
        var causes = hasCauses ? new CauseLines(notification, hosts).InOneLine(max) : "";
        return SlackText.Cut(causes.Length > 0 ? $"{title}: {causes}" : title, max);
    }

    /// <summary>Green for what is well, grey for what ended without a word; the title says it too, for whoever does not see colours.</summary>
    internal static string Color(Notification notification, IncidentHosts hosts) => notification switch
    {
        { Incident.Evidence.Run.IsTest: true } => Good,
        { Kind: NotificationKind.Resolve } when hosts.Well.Count == 0 => Ended,
        { Kind: NotificationKind.Resolve } => Good,
        _ when hosts.Failing.Count == 0 => Good,
        { Incident.Evidence.Event.FailureKind: EventKind.Unreachable } => Changed,
        _ => Bad,
    };

    /// <summary>The link only if it is a web page's. Its ampersands stay: an address is no text to Slack.</summary>
    private static string? Link(string? link) =>
        Uri.TryCreate(CleanText.Of(link).Trim(), UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.UserInfo.Length == 0
        && url.AbsoluteUri.Length <= LongestLink
            ? url.AbsoluteUri
            : null;
}
