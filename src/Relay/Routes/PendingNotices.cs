using Relay.Incidents;
using Relay.Slack;

namespace Relay.Routes;

/// <summary>The notices of one turn that are still to be posted, the first ones first.</summary>
internal sealed class PendingNotices(RouteTurn turn, Agenda agenda, Messenger messenger)
{
    private readonly List<(AgendaItem Item, Notice Notice)> _notices = [];

    /// <summary>Slack has refused a message that held several: one by one, only the one that it cannot read is left out.</summary>
    private bool _oneByOne;

    /// <summary>Slack has refused the first notice with its attachment.</summary>
    private bool _plain;

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

        var (message, taken) = Compose();
        var outcome = await messenger.PostAsync(turn.Route, message, cancellation);
        var at = turn.Now;

        // From here on nothing may be broken off: what Slack has taken would be told again.
        await turn.KeepPaceAsync(outcome, at, CancellationToken.None);
        switch (outcome)
        {
            case Outcome.Told told:
                await KeepToldAsync(taken, told.Ts, at);
                return true;
            case Outcome.Malformed when taken > 1:
                return _oneByOne = true;
            case Outcome.Malformed when !_plain:
                return _plain = true;
            case Outcome.Malformed:
                await ParkAsync(at);
                return true;
            default:
                return false;
        }
    }

    private ComposedMessage Compose()
    {
        List<Notice> first = [.. _notices.Take(_oneByOne ? 1 : MessageComposer.MostAttachments).Select(one => one.Notice)];
        return _plain ? new(MessageComposer.Plain(first[0]), 1) : MessageComposer.Compose(first);
    }

    private async Task KeepToldAsync(int taken, string? ts, DateTimeOffset at)
    {
        foreach (var (item, notice) in _notices.Take(taken))
        {
            turn.Journal.Told(turn.Route, notice, at);
            LookAgain(await agenda.KeepToldAsync(item, notice, ts, at, CancellationToken.None));
        }

        Forget(taken);
    }

    private async Task ParkAsync(DateTimeOffset at)
    {
        var (item, notice) = _notices[0];
        LookAgain(await agenda.ParkAsync(item, notice, at, CancellationToken.None));
        turn.Journal.Parked(notice.Incident);
        Forget(1);
    }

    private void Forget(int count)
    {
        _notices.RemoveRange(0, count);
        _plain = false;
    }
}
