namespace Relay.Routes;

/// <summary>Tells Slack what a route has to say, one message a second, until there is nothing left or the turn ends.</summary>
internal sealed class FlushRoute(RouteTurns turns, FlushSchedule schedule, Agenda agenda, Messenger messenger)
{
    private static readonly TimeSpan _turnRetry = TimeSpan.FromSeconds(2);

    /// <summary>Flushes the route, or makes another flush due while somebody else does.</summary>
    public async Task HandleAsync(FlushMessage flush, CancellationToken cancellation)
    {
        if (await schedule.IsReplacedAsync(flush, cancellation))
        {
            return;
        }

        DateTimeOffset? next;
        await using (var turn = await turns.TryTakeAsync(flush.Route, cancellation))
        {
            if (turn is null)
            {
                await schedule.PostponeAsync(flush, _turnRetry, cancellation);
                return;
            }

            // Before the outbox is read: whoever has news from here on makes a new flush due.
            await schedule.ClearAsync(flush.Route, cancellation);
            next = await TellAsync(turn, flush.Route, cancellation);
        }

        if (next is { } due)
        {
            await schedule.EnsureAsync(flush.Route, due, cancellation);
        }
    }

    /// <returns>When there will be more to say; null if not before there are news.</returns>
    private async Task<DateTimeOffset?> TellAsync(RouteTurn turn, string outbox, CancellationToken cancellation)
    {
        if (!turn.MayPost)
        {
            return turn.State.NotBefore;
        }

        var pending = new PendingNotices(turn, agenda, messenger);

        await foreach (var item in agenda.ReadAsync(outbox, cancellation))
        {
            if (!item.Decision.IsMessage)
            {
                pending.LookAgain(await agenda.SettleAsync(item, cancellation));
            }
            else if (await agenda.WriteNoticeAsync(outbox, item, cancellation) is { } notice)
            {
                pending.Add(item, notice);
            }
            else
            {
                pending.LookAgain(DateTimeOffset.MinValue);
            }

            if (pending.IsFull && !await pending.PostAsync(cancellation))
            {
                return turn.State.NotBefore;
            }
        }

        while (pending.Any)
        {
            if (!await pending.PostAsync(cancellation))
            {
                return turn.State.NotBefore;
            }
        }

        return pending.Next is { } next && next < turn.State.NotBefore ? turn.State.NotBefore : pending.Next;
    }
}
