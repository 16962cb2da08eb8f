using Microsoft.Extensions.Logging;
using Relay.Incidents;
using Relay.Slack;

namespace Relay.Routes;

/// <summary>Posts notices to a route's destination, one message at a time.</summary>
public sealed partial class Messenger(ISlackClient slack, IDestinations destinations, ParkedMessages parked, TimeProvider time, ILogger<Messenger> logger)
{
    /// <summary>Posts one message with as many of the notices as it holds, at least one.</summary>
    public async Task<Delivery> PostAsync(Route route, IReadOnlyList<Notice> notices, CancellationToken cancellation)
    {
        var (message, count) = MessageComposer.Compose(notices);
        var outcome = await PostAsync(route, message, cancellation);

        if (outcome is Outcome.Malformed malformed)
        {
            LogMalformed(logger, route.Name, malformed.Error);
            outcome = await PostPlainAsync(route, [.. notices.Take(count)], cancellation);
        }

        if (outcome is Outcome.Gone gone)
        {
            LogGone(logger, route.Name, gone.Error);
        }
        else if (outcome is not Outcome.Told)
        {
            LogNotTaken(logger, route.Name, outcome);
        }

        return new(outcome, count, time.GetUtcNow());
    }

    /// <summary>What Slack cannot read with attachments it may read as plain text; what it cannot read at all is parked.</summary>
    private async Task<Outcome> PostPlainAsync(Route route, IReadOnlyList<Notice> notices, CancellationToken cancellation)
    {
        await Task.Delay(Pacing.Interval, time, cancellation);
        var message = MessageComposer.Plain(notices);
        var outcome = await PostAsync(route, message, cancellation);

        if (outcome is Outcome.Malformed malformed)
        {
            await parked.AddAsync(route, message, cancellation);
            LogParked(logger, route.Name, malformed.Error);
            return new Outcome.Told(null);
        }

        return outcome;
    }

    private async Task<Outcome> PostAsync(Route route, SlackMessage message, CancellationToken cancellation)
    {
        if (await destinations.FindAsync(route, fresh: false, cancellation) is not { } destination)
        {
            return new Outcome.Again("no_destination");
        }

        var outcome = ReplyMeaning.Of(await slack.PostAsync(destination, message, cancellation), time.GetUtcNow());

        // A rotated secret takes effect at once, not when the cached one has expired.
        return outcome is Outcome.Gone
            && await destinations.FindAsync(route, fresh: true, cancellation) is { } renewed
            && renewed != destination
            ? ReplyMeaning.Of(await slack.PostAsync(renewed, message, cancellation), time.GetUtcNow())
            : outcome;
    }

    [LoggerMessage(LogLevel.Warning, "Message not taken, it is posted again later. Route: {Route}, Outcome: {Outcome}")]
    private static partial void LogNotTaken(ILogger logger, string route, Outcome outcome);

    [LoggerMessage(LogLevel.Warning, "Message refused as malformed, it is posted as plain text. Route: {Route}, Error: {Error}")]
    private static partial void LogMalformed(ILogger logger, string route, string error);

    [LoggerMessage(LogLevel.Error, "Message parked, Slack cannot read it. Route: {Route}, Error: {Error}")]
    private static partial void LogParked(ILogger logger, string route, string error);

    [LoggerMessage(LogLevel.Error, "Route dead, its destination is gone. Route: {Route}, Error: {Error}")]
    private static partial void LogGone(ILogger logger, string route, string error);
}
