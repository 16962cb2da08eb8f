using Relay.Incidents;
using Relay.Slack;

namespace Relay.Routes;

/// <summary>The notices of one turn that are still to be posted, the first ones first.</summary>
internal sealed class PendingNotices(RouteTurn turn, Agenda agenda, Messenger messenger)
{
    private readonly List<(AgendaItem Item, Notice Notice)> _notices = [];
    private Telling _telling = new();

    /// <summary>Whether any notice is left.</summary>
    public bool Any => _notices.Count > 0;

    /// <summary>Whether there are enough for a whole message.</summary>
    public bool IsFull => _notices.Count >= MessageComposer.MostAttachments;

    /// <summary>The earliest time at which an incident has to be looked at again; null if none has to be.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>Adds a notice behind the others.</summary>
    public void Add(AgendaItem item, Notice notice) => _notices.Add((item, notice));

    /// <summary>Notes that an incident has to be looked at again, if there is a time.</summary>
    public void LookAgain(DateTimeOffset? at) => Next = Next is null || at < Next ? at ?? Next : Next;

    /// <summary>Posts one message as soon as the route may; false if it may post no more within this turn.</summary>
    public async Task<bool> PostAsync(CancellationToken cancellation)
    {
        if (!await turn.AwaitPostAsync(cancellation))
        {
            return false;
        }

        List<Notice> notices = [.. _notices.Select(one => one.Notice)];
        var posting = await messenger.PostAsync(turn.Route, destination => _telling.Compose(destination, notices), cancellation);
        var at = turn.Now;

        // From here on nothing may be broken off, not even where the pace cannot be kept: what Slack has taken would be told again.
        var pace = turn.KeepPaceAsync(posting.Outcome, at, CancellationToken.None);
        try
        {
            return await KeepAsync(posting, at);
        }
        finally
        {
            await pace;
        }
    }

    /// <summary>Keeps what became of the message; false if the route may post no more within this turn.</summary>
    private async Task<bool> KeepAsync(Posting posting, DateTimeOffset at)
    {
        if (_telling.After(posting) is { } next)
        {
            _telling = next;
            return true;
        }

        switch (posting.Outcome)
        {
            case Outcome.Told:
                await KeepToldAsync(posting, at);
                return true;
            case Outcome.Malformed:
                await ParkAsync(at);
                return true;
            default:
                return false;
        }
    }

    private async Task KeepToldAsync(Posting posting, DateTimeOffset at)
    {
        // All of them at once and before any is settled: what a crash leaves unkept is told again.
        List<(AgendaItem Item, Notice Notice)> taken = [.. _notices.Take(posting.Composed.Taken)];
        var kept = await Task.WhenAll(
            taken.Select(one => agenda.KeepToldAsync(one.Item, one.Notice, posting.Own, at, CancellationToken.None)));

        foreach (var ((item, notice), isKept) in taken.Zip(kept))
        {
            turn.Journal.Told(turn.Route, notice, at);
            await SettleAsync(item, isKept);
        }

        Forget(taken.Count);
    }

    private async Task ParkAsync(DateTimeOffset at)
    {
        var (item, notice) = _notices[0];
        await SettleAsync(item, await agenda.ParkAsync(item, notice, at, CancellationToken.None));
        turn.Journal.Parked(notice.Incident);
        Forget(1);
    }

    private async Task SettleAsync(AgendaItem item, bool isKept) =>
        LookAgain(isKept ? await agenda.SettleToldAsync(item, CancellationToken.None) : turn.Now);

    private void Forget(int count)
    {
        _notices.RemoveRange(0, count);
        _telling = _telling.OfNext();
    }
}
