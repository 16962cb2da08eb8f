using Relay.Slack;

namespace Relay.Routes;

/// <summary>Posts messages to a route's destination.</summary>
internal sealed class Messenger(ISlackClient slack, IDestinations destinations, TimeProvider time, RouteJournal journal)
{
    private static readonly Posting _nowhere = new(null, new ComposedMessage(new SlackMessage(), 0), new Outcome.Again("no_destination"));

    /// <summary>Posts the message that <paramref name="compose"/> makes for the route's destination.</summary>
    public async Task<Posting> PostAsync(Route route, Func<Destination, ComposedMessage> compose, CancellationToken cancellation)
    {
        var posting = await destinations.FindAsync(route, fresh: false, cancellation) is { } destination
            ? await PostAsync(destination, compose(destination), cancellation)
            : _nowhere;

        // A rotated secret takes effect at once, not when the cached one has expired.
        if (posting.Outcome is Outcome.Gone or Outcome.Lost
            && await destinations.FindAsync(route, fresh: true, cancellation) is { } renewed
            && renewed != posting.Destination)
        {
            posting = posting with { Outcome = new Outcome.Renewed() };
        }

        journal.Posted(route, posting);
        return posting;
    }

    private async Task<Posting> PostAsync(Destination destination, ComposedMessage composed, CancellationToken cancellation)
    {
        var reply = await slack.PostAsync(destination, composed.Message, cancellation);
        return new(destination, composed, ReplyMeaning.Of(reply, composed.Message, time.GetUtcNow()));
    }
}
