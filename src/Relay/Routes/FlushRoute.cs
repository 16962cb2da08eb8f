using Relay.Incidents;

namespace Relay.Routes;

/// <summary>Tells Slack what a route has to say, one message a second, until there is nothing left or the turn ends.</summary>
public sealed class FlushRoute(RouteTurns turns, FlushSchedule schedule, Agenda agenda, Messenger messenger, RelayRules rules)
{
    private const int MostNotices = 20;

    private static readonly TimeSpan _turnRetry = TimeSpan.FromSeconds(2);

    /// <summary>Flushes the route, or makes another flush due while somebody else does.</summary>
    public async Task HandleAsync(FlushMessage flush, CancellationToken cancellation)
    {
        if (await schedule.IsReplacedAsync(flush, cancellation))
        {
            return;
        }

        await using var turn = await turns.TryTakeAsync(rules.Routes.For(flush.Route), cancellation);
        if (turn is null)
        {
            await schedule.EnsureAsync(flush.Route, rules.Time.GetUtcNow() + _turnRetry, cancellation);
            return;
        }

        // Before the outbox is read: whoever has news from here on makes a new flush due.
        await schedule.ClearAsync(flush.Route, cancellation);

        if (await TellAsync(turn, cancellation) is { } next)
        {
            await schedule.EnsureAsync(flush.Route, Later(next, turn.State.NotBefore), cancellation);
        }
    }

    /// <returns>When there will be more to say; null if not before there are news.</returns>
    private async Task<DateTimeOffset?> TellAsync(RouteTurn turn, CancellationToken cancellation)
    {
        if (!turn.MayPost)
        {
            return turn.State.NotBefore;
        }

        DateTimeOffset? next = null;
        var pending = new List<(AgendaItem Item, Notice Notice)>();

        await foreach (var item in agenda.ReadAsync(turn.Route, cancellation))
        {
            if (!item.Decision.IsMessage)
            {
                next = Earlier(next, await agenda.SettleAsync(item, cancellation));
            }
            else if (await agenda.WriteNoticeAsync(turn.Route, item, cancellation) is { } notice)
            {
                pending.Add((item, notice));
            }
            else
            {
                next = Earlier(next, rules.Time.GetUtcNow());
            }

            if (pending.Count == MostNotices && !await PostAsync())
            {
                return turn.State.NotBefore;
            }
        }

        while (pending.Count > 0)
        {
            if (!await PostAsync())
            {
                return turn.State.NotBefore;
            }
        }

        return next;

        async Task<bool> PostAsync()
        {
            if (!await turn.AwaitPostAsync(cancellation))
            {
                return false;
            }

            var delivery = await messenger.PostAsync(turn.Route, [.. pending.Select(one => one.Notice)], cancellation);

            if (delivery.Outcome is Slack.Outcome.Told told)
            {
                foreach (var (item, notice) in pending.Take(delivery.Count))
                {
                    next = Earlier(next, await agenda.KeepToldAsync(item, notice, told.Ts, delivery.At, cancellation));
                }

                pending.RemoveRange(0, delivery.Count);
            }

            await turn.KeepPaceAsync(delivery.Outcome, delivery.At, cancellation);
            return delivery.Outcome is Slack.Outcome.Told;
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
