using Relay.Incidents;
using Simulation.Faults;
using Simulation.Time;

namespace Simulation.Plays;

/// <summary>What happens on the hosts: what breaks where and why, recovers, and breaks again.</summary>
internal sealed class Scenario
{
    private static readonly string[] _tasks =
    [
        "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima", "mike",
        "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "xray", "yankee", "zulu",
    ];

    private static readonly string[] _hosts = ["web-a", "web-b", "web-c", "web-d"];
    private static readonly string[] _colours = ["red", "red", "red", "green", "blue"];

    /// <summary>So many tasks are in every project, so that the same name means another thing elsewhere.</summary>
    private const int SharedTasks = 3;

    private readonly World _world;
    private readonly SeededRandom _random;
    private readonly List<Life> _lives = [];
    private int _ids;

    /// <summary>Of little that happens nothing is mended by what happens next.</summary>
    private readonly bool _isShort;

    /// <summary>More breaks at about once than one message to Slack holds, and now and then more than one message of the queue does.</summary>
    private readonly bool _isLarge;

    /// <summary>Some hosts are quiet for as long as incidents are kept, or longer.</summary>
    private readonly bool _hasLongPauses;

    public Scenario(World world, SeededRandom random)
    {
        (_world, _random) = (world, random);
        _isShort = random.Chance(0.5);
        _hasLongPauses = !_isShort && random.Chance(0.25);
        _isLarge = _isShort && random.Chance(world.IsCalm ? 0.4 : 0.06);

        const string Site = "git.example.com/ops/site";
        Origin site = new(Site, "site.yml", null, "default");
        Origin busy = site with { Route = "db" };
        Senders =
        [
            new("ctl-a", site, "prod.ini", world),
            new("ctl-b", site, "prod.ini", world),
            new("ctl-c", site, "dev.ini", world),
            new("ctl-d", site with { Project = "git.example.com/ops/shop" }, "prod.ini", world),
            new("ctl-e", site with { Playbook = "deploy.yml" }, "prod.ini", world),
            new("ctl-f", site with { Environment = "dev" }, "prod.ini", world),
            new("ctl-g", busy, "prod.ini", world),
            new("ctl-h", busy, "prod.ini", world),
        ];
        var origins = Senders.Select(sender => sender.Origin).Distinct().ToList();
        Troubles = _isLarge
            ? Large(random.Chance(0.5) ? busy : random.Pick(origins), random.Pick([0, 0, 5000]))
            : Small(origins, 1 + random.Below(_isShort ? 2 : random.Pick([2, 4, 6])));
    }

    public IReadOnlyList<Sender> Senders { get; }

    public IReadOnlyList<Trouble> Troubles { get; }

    public IReadOnlyList<Life> Lives => _lives;

    /// <summary>When the last event happens.</summary>
    public DateTimeOffset Ends { get; private set; } = Timeline.Start;

    public void Start()
    {
        // Those that come one after another, and not all at once, show in which order they are delivered.
        var spread = _random.Pick([300, 8000]);
        foreach (var trouble in _random.Shuffled(Troubles))
        {
            var begins = _isLarge ? _random.Milliseconds(0, spread) : _random.Seconds(0, 60);
            var inventories = Senders.Where(sender => sender.Origin == trouble.Origin).Select(sender => sender.Inventory).ToList();
            foreach (var host in _hosts.Take(_isLarge ? 1 : 1 + _random.Below(_hosts.Length)))
            {
                var later = _isLarge ? TimeSpan.Zero : _random.Pick([_random.Milliseconds(0, 300), AboutWhenNotified(), _random.Seconds(0, 30)]);
                Plan(new Life(trouble, new Machine(host, _random.Pick(inventories))), begins + later);
            }
        }

        if (!_world.IsCalm && _random.Chance(0.1))
        {
            _world.Timeline.After(_random.Seconds(0, 100), () => _world.Queue.Put("""{"type":"rubbish"}""", TimeSpan.Zero));
        }
    }

    public Life? LifeOf(string id) => _lives.FirstOrDefault(life => life.Events.Any(one => one.Id == id));

    public IEnumerable<Life> LivesOf(Trouble trouble) => _lives.Where(life => life.Trouble == trouble);

    private static List<Trouble> Large(Origin origin, int output) =>
        [.. _tasks.Select((task, index) => new Trouble(index, origin, $"Install {task}", Output: output))];

    private List<Trouble> Small(List<Origin> origins, int many)
    {
        var troubles = new List<Trouble>();
        while (troubles.Count < many)
        {
            // What Slack refuses is told by its task alone, since a plain text says nothing of where it comes from.
            var acceptance = _random.Chance(0.08) ? _random.Pick([Acceptance.PlainText, Acceptance.Nothing]) : Acceptance.Everything;
            var task = acceptance != Acceptance.Everything ? _tasks[SharedTasks + troubles.Count]
                : _random.Chance(0.2) ? null
                : _tasks[_random.Below(SharedTasks)];
            var next = new Trouble(troubles.Count, _random.Pick(origins), task is null ? null : $"Install {task}", acceptance);
            if (!troubles.Any(other => (other.Origin, other.Task) == (next.Origin, next.Task)))
            {
                troubles.Add(next);
            }
        }

        return troubles;
    }

    /// <summary>What happens to one host with one trouble. Each sender remembers the failures that it has reported itself.</summary>
    private void Plan(Life life, TimeSpan begins)
    {
        _lives.Add(life);
        List<Sender> senders = [.. Senders.Where(sender => (sender.Origin, sender.Inventory) == (life.Trouble.Origin, life.Machine.Inventory))];
        var remembered = senders.ToDictionary(sender => sender, _ => new List<PlannedEvent>());
        var usual = _random.Pick(senders);
        var at = begins;
        for (var events = 1 + _random.Below(_isShort ? 2 : 6); events > 0; events--)
        {
            var sender = _random.Chance(0.9) ? usual : _random.Pick(senders);
            var isRecovery = remembered[sender].Count > 0 && _random.Chance(0.6);

            // A task in a loop fails as often as the loop goes round.
            for (var times = !isRecovery && _random.Chance(0.01) && life.Trouble.Output == 0 ? 20 : 1; times > 0; times--)
            {
                Plan(life, sender, at, remembered[sender], isRecovery);
            }

            Ends = Later(Ends, Timeline.Start + at);
            at += Pause(isRecovery);
        }
    }

    private void Plan(Life life, Sender sender, TimeSpan at, List<PlannedEvent> remembered, bool isRecovery)
    {
        var trouble = life.Trouble;
        var task = trouble.Task ?? $"Install {_tasks[_random.Below(SharedTasks)]}";
        var cause = isRecovery ? "" : trouble.Cause(_random.Pick(_colours));
        var one = new PlannedEvent($"e{++_ids}", trouble, life.Machine, task, cause, isRecovery ? [.. remembered] : []);
        life.Add(one);
        if (isRecovery)
        {
            remembered.Clear();
        }
        else
        {
            remembered.Add(one);
        }

        // A minute before, so that faults also meet what happens without any event.
        _world.Timeline.After(at - TimeSpan.FromMinutes(1), _world.Injector.Arm);
        _world.Timeline.After(at, () => sender.Spool(one));
    }

    /// <summary>What comes just when the news before it are delivered meets a flush at work.</summary>
    private TimeSpan AboutWhenNotified() => World.Policy.GroupWait + _random.Milliseconds(-300, 1000);

    /// <summary>What comes just when an incident is closed, or a little later.</summary>
    private TimeSpan AboutWhenClosed() => NotificationPolicy.KeptAfterResolve + World.Policy.GroupWait + _random.Milliseconds(-500, 2500);

    private TimeSpan Pause(bool isWell) => _random.Below(20) switch
    {
        < 3 => AboutWhenNotified(),
        < 7 => _random.Seconds(3, 10),
        < 8 => _random.Milliseconds(0, 1000),
        _ when _hasLongPauses && isWell && _random.Chance(0.6) => AboutWhenClosed(),
        < 13 => _random.Seconds(10, 70),
        < 17 => _random.Seconds(60, 200),
        < 19 => _random.Seconds(300, 720),
        _ when _hasLongPauses => _random.Pick([World.Policy.RepeatInterval, World.Policy.StaleAfter]) + _random.Seconds(0, 600),
        _ => _random.Seconds(3, 10),
    };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
