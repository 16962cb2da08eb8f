using Relay.Slack;

namespace Relay.Routes;

/// <summary>Posts messages to a route's destination.</summary>
internal sealed class Messenger(ISlackClient slack, IDestinations destinations, TimeProvider time, RouteJournal journal)
{
    /// <summary>Posts one message, and once more if the route's secret turns out to be another one by now.</summary>
    public async Task<Outcome> PostAsync(Route route, SlackMessage message, CancellationToken cancellation)
    {
        var outcome = await TryAsync(route, message, cancellation);
        journal.Posted(route, message, outcome);
        return outcome;
    }

    private async Task<Outcome> TryAsync(Route route, SlackMessage message, CancellationToken cancellation)
    {
        if (await destinations.FindAsync(route, fresh: false, cancellation) is not { } destination)
        {
            return new Outcome.Again("no_destination");
        }

        var outcome = ReplyMeaning.Of(await slack.PostAsync(destination, message, cancellation), message, time.GetUtcNow());

        // A rotated secret takes effect at once, not when the cached one has expired.
        return outcome is Outcome.Gone
            && await destinations.FindAsync(route, fresh: true, cancellation) is { } renewed
            && renewed != destination
            ? ReplyMeaning.Of(await slack.PostAsync(renewed, message, cancellation), message, time.GetUtcNow())
            : outcome;
    }
}
