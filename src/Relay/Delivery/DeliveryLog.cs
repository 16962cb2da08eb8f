using Microsoft.Extensions.Logging;
using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;
using Relay.State;
using Relay.Telemetry;

namespace Relay.Delivery;

/// <summary>What happens to the routes, as lines in the log and as numbers.</summary>
internal sealed partial class DeliveryLog(RelayMeter meter, ILogger<DeliveryLog> logger)
{
    /// <summary>A flush has found these in the outbox.</summary>
    public void Found(string route, IReadOnlyList<OutboxMark> marks, DateTimeOffset now) =>
        meter.Found(route, marks.Where(mark => mark.IsDue(now)).Select(mark => now - (mark.Look ?? mark.NewsSince ?? now)).DefaultIfEmpty().Max());

    /// <summary>Slack has answered a post.</summary>
    public void Posted(Route route, Posting posting)
    {
        if (posting.Outcome is not Outcome.Delivered)
        {
            LogNotTaken(logger, route.Name, posting.Outcome);
        }
        else if (posting.Composed.Message is { Edits: null } message)
        {
            meter.Posted(route.Name, message.Attachments.Count);
        }

        if (posting.Outcome is Outcome.RateLimited)
        {
            meter.RateLimited(route.Name);
        }
    }

    /// <summary>Slack shows <paramref name="notification"/> since <paramref name="at"/>.</summary>
    public void Delivered(Route route, Notification notification, DateTimeOffset at)
    {
        if (notification.Kind == NotificationKind.Announce)
        {
            meter.Announced(route.Name);
        }

        foreach (var host in notification.Snapshot.News)
        {
            meter.Delayed(route.Name, at - (host.FirstFailedAt ?? at));
        }
    }

    /// <summary>The route is as <paramref name="state"/> says since Slack's answer.</summary>
    public void Paced(Route route, RouteState state, Outcome outcome)
    {
        meter.Tried(route.Name, state.DeadSince is not null);
        if (outcome is Outcome.MessageGone or Outcome.SecretRotated)
        {
            return; // The route is as it was.
        }

        if (state.DeadSince is { } since)
        {
            LogDead(logger, route.Name, since, outcome);
        }
    }

    /// <summary>Nothing of the route was taken for some minutes, and somebody has to know of it.</summary>
    public void Failing(Route route, RouteState state) => LogFailing(logger, route.Name, state.Failures, state.FailingSince);

    /// <summary>Slack refuses the incident in every form, and it was put aside.</summary>
    public void Parked(Incident incident) => LogParked(logger, incident.Route, incident.Fingerprint);

    /// <summary>What Slack was told of the incident could not be kept: another flush has written, or the blob cannot be written.</summary>
    public void NotKept(Incident incident) => LogNotKept(logger, incident.Route, incident.Fingerprint);

    /// <summary>What is stored of the incident cannot be read; its news stay in the outbox, and the others are delivered.</summary>
    public void Unreadable(string route, Fingerprint incident, Exception why) => LogUnreadable(logger, route, incident, why.Message);

    [LoggerMessage(LogLevel.Warning, "Message not taken. Route: {Route}, Outcome: {Outcome}")]
    private static partial void LogNotTaken(ILogger logger, string route, Outcome outcome);

    [LoggerMessage(RelayEvents.RouteDead, LogLevel.Error, "Route dead, its destination is gone. Route: {Route}, Since: {Since}, Outcome: {Outcome}")]
    private static partial void LogDead(ILogger logger, string route, DateTimeOffset since, Outcome outcome);

    [LoggerMessage(RelayEvents.RouteFailing, LogLevel.Error, "Route failing, Slack takes nothing. Route: {Route}, Posts: {Posts}, Since: {Since}")]
    private static partial void LogFailing(ILogger logger, string route, int posts, DateTimeOffset? since);

    [LoggerMessage(RelayEvents.Parked, LogLevel.Error, "Incident parked, Slack cannot read it. Route: {Route}, Incident: {Incident}")]
    private static partial void LogParked(ILogger logger, string route, Fingerprint incident);

    [LoggerMessage(LogLevel.Warning, "Notification not kept, it may be repeated. Route: {Route}, Blob: incidents/{Incident}/incident")]
    private static partial void LogNotKept(ILogger logger, string route, Fingerprint incident);

    [LoggerMessage(RelayEvents.Unreadable, LogLevel.Error, "Incident not delivered, its state cannot be read. Route: {Route}, Incident: {Incident}, Reason: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string route, Fingerprint incident, string reason);
}
