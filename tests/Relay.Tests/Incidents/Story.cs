using Relay.Incidents;

namespace Relay.Tests.Incidents;

/// <summary>One incident in virtual time: what fails and recovers on its hosts, and what Slack is told of it, second by second.</summary>
internal sealed class Story
{
    private static readonly DateTimeOffset _start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly IncidentPolicy _policy = new();

    private readonly List<(int At, string Host, Func<HostRecord, DateTimeOffset, HostRecord> Change)> _events = [];
    private readonly Dictionary<string, HostRecord> _hosts = [];
    private readonly List<string> _said = [];
    private LastNotification? _last;
    private DateTimeOffset? _newsSince;

    /// <summary>From when to when, in seconds, Slack takes nothing.</summary>
    public int AwayUntil { get; init; }

    public Story Fails(int at, string host, string id, string cause = "cause")
    {
        _events.Add((at, host, (record, time) => record.Failed(id, id, new Cause(cause, cause), time)));
        return this;
    }

    public Story Recovers(int at, string host, params string[] ids)
    {
        _events.Add((at, host, (record, time) => record.Recovered(ids, time)));
        return this;
    }

    /// <summary>What was said until then, as <c>Announce 0:00:05 (3)</c>: with the number of hosts that failed.</summary>
    public IReadOnlyList<string> SaidUntil(int end)
    {
        var waiting = new Queue<(int At, string Host, Func<HostRecord, DateTimeOffset, HostRecord> Change)>(_events.OrderBy(one => one.At));
        var second = 0;
        while (second <= end)
        {
            while (waiting.TryPeek(out var due) && due.At <= second)
            {
                Receive(waiting.Dequeue(), _start.AddSeconds(second));
            }

            while (SaysSomething(second))
            {
            }

            second = Math.Min(waiting.TryPeek(out var next) ? next.At : int.MaxValue, NextLook(second));
        }

        return _said;
    }

    private int NextLook(int second) => Decide(second) switch
    {
        Decision.Wait wait => (int)Math.Ceiling((wait.Until - _start).TotalSeconds),
        Decision.Notify => AwayUntil,
        _ => int.MaxValue,
    };

    private Decision? Decide(int second) =>
        Snapshot() is { Hosts.Count: > 0 } incident ? NotificationPolicy.Decide(incident, _policy, _start.AddSeconds(second)) : null;

    private IncidentSnapshot Snapshot() => IncidentSnapshot.Of(_last, _hosts.Values, _newsSince);

    private void Receive((int At, string Host, Func<HostRecord, DateTimeOffset, HostRecord> Change) one, DateTimeOffset now)
    {
        var host = one.Change(_hosts.GetValueOrDefault(one.Host) ?? new HostRecord { Host = one.Host }, now);
        _hosts[one.Host] = host;
        if (_last?.HasNews(host) ?? host.Counts)
        {
            _newsSince ??= now;
        }
    }

    private bool SaysSomething(int second)
    {
        var now = _start.AddSeconds(second);
        var incident = Snapshot();
        switch (Decide(second))
        {
            case Decision.Close:
                Say("Close", second);
                _last = null;
                foreach (var host in _hosts.Values.ToList())
                {
                    _hosts[host.Host] = host.Closed();
                }

                break;
            case Decision.Notify notify when second >= AwayUntil:
                Say($"{notify.Kind}", second, $" ({incident.Failing.Count()})");
                _last = NotificationPolicy.After(notify.Kind, incident, _policy, now);
                break;
            default:
                return false;
        }

        _newsSince = null;
        return true;
    }

    private void Say(string what, int second, string of = "") => _said.Add($"{what} {second / 3600}:{second / 60 % 60:00}:{second % 60:00}{of}");
}
