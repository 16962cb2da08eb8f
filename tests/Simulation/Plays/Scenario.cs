using Relay.Reports;
using Simulation.Faults;
using Simulation.Time;

namespace Simulation.Plays;

/// <summary>What happens on the hosts: what breaks where, recovers, and breaks again.</summary>
internal sealed class Scenario
{
    private static readonly string[] _tasks =
    [
        "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima", "mike",
        "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "xray", "yankee", "zulu",
    ];

    private static readonly string[] _hosts = ["web-a", "web-b", "web-c", "web-d"];

    private readonly World _world;
    private readonly SeededRandom _random;
    private readonly List<PlannedEvent> _events = [];

    /// <summary>Of little that happens nothing is mended by what happens next.</summary>
    private readonly bool _isShort;

    /// <summary>More breaks at once than one message to Slack holds, and now and then more than one message of the queue does.</summary>
    private readonly bool _isLarge;

    public Scenario(World world, SeededRandom random)
    {
        (_world, _random) = (world, random);
        _isShort = random.Chance(0.5);
        HasLongPauses = !_isShort && random.Chance(0.1);
        _isLarge = _isShort && random.Chance(0.06);
        Senders = [new("ctl-a", "default", world), new("ctl-b", "default", world), new("ctl-c", "db", world)];
        var (many, output) = _isLarge ? (_tasks.Length, random.Pick([0, 5000])) : (1 + random.Below(_isShort ? 2 : random.Pick([2, 4, 6])), 0);
        foreach (var task in _tasks.Take(many))
        {
            var kind = random.Chance(0.2) ? EventKind.Unreachable : EventKind.Failed;
            var acceptance = kind == EventKind.Failed && random.Chance(0.1) ? random.Pick([Acceptance.PlainText, Acceptance.Nothing]) : Acceptance.Everything;
            Troubles.Add(new Trouble($"Install {task}", _isLarge ? "default" : random.Pick(Senders).Route, kind, acceptance, output));
        }
    }

    public IReadOnlyList<Sender> Senders { get; }

    public List<Trouble> Troubles { get; } = [];

    public IReadOnlyList<PlannedEvent> Events => _events;

    /// <summary>When the last event happens.</summary>
    public DateTimeOffset Ends { get; private set; } = Timeline.Start;

    /// <summary>Whether some hosts are quiet for longer than an incident lasts.</summary>
    public bool HasLongPauses { get; }

    public void Start()
    {
        foreach (var trouble in Troubles)
        {
            var begins = _isLarge ? TimeSpan.Zero : _random.Seconds(0, 60);
            foreach (var host in _hosts.Take(_isLarge ? 1 : 1 + _random.Below(_hosts.Length)))
            {
                Plan(trouble, host, begins + (_isLarge ? _random.Milliseconds(0, 300) : _random.Pick([_random.Milliseconds(0, 300), AboutWhenNotified(), _random.Seconds(0, 30)])));
            }
        }

        if (_random.Chance(0.1))
        {
            _world.Timeline.After(_random.Seconds(0, 100), () => _world.Queue.Put("""{"type":"rubbish"}""", TimeSpan.Zero));
        }
    }

    /// <summary>One host's life with one trouble.</summary>
    private void Plan(Trouble trouble, string host, TimeSpan begins)
    {
        var sender = _random.Pick([.. Senders.Where(sender => sender.Route == trouble.Route)]);
        var at = begins;
        var isRecovery = false;
        for (var events = 1 + _random.Below(_isShort ? 2 : 6); events > 0; events--)
        {
            // A task in a loop fails as often as the loop goes round. What it says then fits into one message of the queue.
            for (var times = !isRecovery && _random.Chance(0.01) && trouble.Output == 0 ? 20 : 1; times > 0; times--)
            {
                var one = new PlannedEvent($"e{_events.Count + 1}", trouble, host, isRecovery);
                _events.Add(one);
                _world.Timeline.After(at, () => sender.Spool(one));
            }

            Ends = Later(Ends, Timeline.Start + at);
            at += Pause();
            isRecovery = !isRecovery && _random.Chance(0.6);
        }
    }

    /// <summary>What comes just when the news before it are delivered meets a flush at work.</summary>
    private TimeSpan AboutWhenNotified() => World.Policy.GroupWait + _random.Milliseconds(-300, 1000);

    private TimeSpan Pause() => _random.Below(20) switch
    {
        < 3 => AboutWhenNotified(),
        < 7 => _random.Seconds(3, 10),
        < 13 => _random.Seconds(10, 70),
        < 17 => _random.Seconds(60, 200),
        < 19 => _random.Seconds(300, 720),
        _ when HasLongPauses => _random.Pick([TimeSpan.FromHours(4.1), TimeSpan.FromHours(25)]),
        _ => _random.Seconds(3, 10),
    };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
