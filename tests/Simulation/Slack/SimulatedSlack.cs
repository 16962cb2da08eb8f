using System.Globalization;
using Relay.Routes;
using Relay.Slack;
using Simulation.Chance;
using Simulation.Hosting;
using Simulation.Plays;

namespace Simulation.Slack;

/// <summary>Slack: a webhook or a bot for each route, which may be replaced by another one, and moods.</summary>
internal sealed class SimulatedSlack
{
    private static readonly string[] _routes = ["default", "db"];

    private readonly World _world;
    private readonly Dice _dice;
    private readonly Dictionary<string, Destination> _valid;
    private readonly Dictionary<Destination, MoodSwings> _moods = [];

    /// <summary>What each message of the bot is about: an answer does not repeat it.</summary>
    private readonly Dictionary<string, string> _incidents = [];

    private readonly bool _hasBot;
    private bool _isFine;

    public SimulatedSlack(World world, Dice dice)
    {
        (_world, _dice) = (world, dice);
        _hasBot = dice.Chance(0.4);
        _valid = _routes.ToDictionary(route => route, route => NewDestination(route, "one"));

        foreach (var destination in _valid.Values)
        {
            _moods[destination] = new MoodSwings(dice.Fork());
        }
    }

    /// <summary>From here on Slack takes everything.</summary>
    public void Recover() => _isFine = true;

    /// <summary>Where the route leads now.</summary>
    public Destination DestinationOf(string route) => _valid[route];

    /// <summary>Whether a bot tells of the trouble, in a message that shows how it stands.</summary>
    public bool HasBot(Trouble trouble) => _valid[trouble.Route] is BotDestination && trouble.Taste != Taste.Nothing;

    /// <summary>Now and then somebody makes a new webhook or token, and the old one is gone for good.</summary>
    public void Start()
    {
        foreach (var route in _routes.Where(_ => _dice.Chance(0.1)))
        {
            _world.Timeline.After(_dice.Seconds(10, 300), () =>
            {
                _world.Trace?.Add($"{route} gets another secret");
                _world.History.Replaced(_valid[route]);
                _valid[route] = NewDestination(route, "two");
                _moods[_valid[route]] = new MoodSwings(_dice.Fork());
            });
        }
    }

    /// <summary>Takes a message, or not; null where it does not answer.</summary>
    public SlackReply? Take(Work work, Destination destination, SlackMessage message)
    {
        var mood = MoodOf(destination);
        var wait = mood switch
        {
            Mood.Busy => TimeSpan.FromSeconds(1 + _dice.Below(_dice.Pick([5, 30, 100]))),
            Mood.BusyWithoutWord => RetryAfter.Default,
            _ => (TimeSpan?)null,
        };
        var now = _world.Timeline.Now;
        // An edit that is refused says nothing yet of the destination, and a secret that was replaced is not tried again.
        var isAway = mood == Mood.Gone && message.IsNew && _valid.ContainsValue(destination);
        _world.History.Posts.Add(new SlackPost(now, destination, work, isAway ? Pacing.GoneInterval : wait));

        // Whoever has deleted a message cannot edit it any more; who reads it does not hear of an edit.
        var isLost = message.Edits is not null && _dice.Chance(0.1);
        var isRefused = IncidentsOf(message).Any(incident => Refuses(incident, message));
        if (mood is (Mood.Fine or Mood.SilentAfterTaking) && !isLost && !isRefused)
        {
            Show(message, now, work, mood == Mood.Fine);
        }

        return mood switch
        {
            Mood.Fine when isLost => new SlackReply(200, """{"ok":false,"error":"message_not_found"}"""),
            Mood.Fine when isRefused && destination is BotDestination => new SlackReply(200, """{"ok":false,"error":"invalid_attachments"}"""),
            Mood.Fine when isRefused => new SlackReply(400, "invalid_payload"),
            Mood.Fine when destination is BotDestination => new SlackReply(200, $$"""{"ok":true,"channel":"C0DB","ts":"{{NewMessage(message)}}"}"""),
            Mood.Fine => new SlackReply(200, "ok"),
            Mood.Busy => new SlackReply(429, "", wait?.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
            Mood.BusyWithoutWord => new SlackReply(429, ""),
            Mood.Broken => new SlackReply(500, "rollup_error"),
            Mood.Gone when destination is BotDestination => new SlackReply(200, """{"ok":false,"error":"account_inactive"}"""),
            Mood.Gone => new SlackReply(404, "no_service"),
            Mood.Silent or Mood.SilentAfterTaking => null,
            _ => throw new ArgumentOutOfRangeException(nameof(destination), mood, "Slack does not know what to answer."),
        };
    }

    private void Show(SlackMessage message, DateTimeOffset now, Work work, bool isAnswered)
    {
        var tellings = Telling.Read(message, IncidentsOf(message), now, work, isAnswered).ToList();
        if (message.Answers is null)
        {
            tellings.ForEach(telling => _world.History.Shown[telling.Incident] = telling.Saying);
        }

        if (message.Edits is not null)
        {
            _world.Trace?.Add($"Slack shows now: {tellings[0]}");
            return;
        }

        foreach (var telling in tellings)
        {
            _world.Trace?.Add($"Slack takes: {telling}");
            _world.History.Tellings.Add(telling);
        }
    }

    private bool Refuses(string incident, SlackMessage message) =>
        _world.Scenario.Troubles.FirstOrDefault(trouble => trouble.Task == incident)?.Taste switch
        {
            Taste.Nothing => true,
            Taste.PlainText => message.Attachments.Count > 0,
            _ => false, // Also of what the scenario does not know: that a message was given up.
        };

    /// <summary>What the message is about, in its order.</summary>
    private IReadOnlyList<string> IncidentsOf(SlackMessage message) =>
        (message.Answers ?? message.Edits) is { } own ? [_incidents[own.Ts]] : Telling.IncidentsOf(message);

    private Mood MoodOf(Destination destination) =>
        !_valid.ContainsValue(destination) ? Mood.Gone
        : _isFine ? Mood.Fine
        : _moods[destination].At(_world.Timeline.Now);

    private string NewMessage(SlackMessage message)
    {
        var ts = $"{_incidents.Count + 1}.000100";
        _incidents[ts] = IncidentsOf(message)[0];
        return ts;
    }

    private Destination NewDestination(string route, string number) =>
        Destination.TryParse(
            _hasBot && route == "db" ? string.Concat("xox", "b-", number) : $"https://hooks.slack.com/services/{route}-{number}",
            "#db", AllowedHosts.Slack, out var destination, out var problem)
            ? destination
            : throw new InvalidOperationException(problem);
}
