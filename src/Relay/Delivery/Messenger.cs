using Relay.Routes;
using Relay.Slack;

namespace Relay.Delivery;

/// <summary>Posts messages to a route's destination.</summary>
internal sealed class Messenger(ISlackClient slack, IDestinations destinations, TimeProvider time, DeliveryLog log)
{
    private static readonly Posting _nowhere = new(null, new ComposedMessage(new SlackMessage(), 0), new Outcome.Retry("no_destination"));

    /// <summary>Posts the message that comes next.</summary>
    public async Task<Posting> PostAsync(Route route, DeliveryAttempt attempt, CancellationToken cancellation)
    {
        var posting = await destinations.FindAsync(route, fresh: false, cancellation) is { } destination
            ? await PostAsync(destination, attempt.Compose(destination), cancellation)
            : _nowhere;

        // A rotated secret takes effect at once, not when the cached one has expired.
        if (posting.Outcome is Outcome.Gone or Outcome.MessageGone
            && await destinations.FindAsync(route, fresh: true, cancellation) is { } current
            && current != posting.Destination)
        {
            posting = posting with { Outcome = new Outcome.SecretRotated() };
        }

        log.Posted(route, posting);
        return posting;
    }

    private async Task<Posting> PostAsync(Destination destination, ComposedMessage composed, CancellationToken cancellation)
    {
        var reply = await slack.PostAsync(destination, composed.Message, cancellation);
        return new(destination, composed, ReplyMeaning.Of(reply, composed.Message, time.GetUtcNow()));
    }
}
