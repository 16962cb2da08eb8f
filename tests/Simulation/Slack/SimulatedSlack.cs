using System.Globalization;
using Relay.Delivery;
using Relay.Routes;
using Relay.Slack;
using Simulation.Faults;
using Simulation.Hosting;
using Simulation.Plays;

namespace Simulation.Slack;

/// <summary>Slack: a webhook or a bot for each route, which may be replaced by another one, and faults.</summary>
internal sealed class SimulatedSlack
{
    private static readonly string[] _routes = ["default", "db"];

    private readonly Dictionary<Destination, string> _routeOf = [];
    private readonly World _world;
    private readonly SeededRandom _random;
    private readonly Dictionary<string, Destination> _valid;
    private readonly Dictionary<Destination, SlackFaultSchedule> _faults = [];

    private readonly bool _hasBot;
    private int _messages;
    private bool _isFine;

    public SimulatedSlack(World world, SeededRandom random)
    {
        (_world, _random) = (world, random);
        _hasBot = random.Chance(0.5);
        _valid = _routes.ToDictionary(route => route, route => NewDestination(route, "one"));

        foreach (var destination in _valid.Values)
        {
            _faults[destination] = new SlackFaultSchedule(random.Fork());
        }
    }

    /// <summary>From here on Slack takes everything.</summary>
    public void Recover() => _isFine = true;

    /// <summary>Where the route leads now.</summary>
    public Destination DestinationOf(string route) => _valid[route];

    /// <summary>Whether a bot posts the trouble, in a message that shows its state.</summary>
    public bool HasBot(Trouble trouble) => _valid[trouble.Origin.Route] is BotDestination && trouble.Acceptance != Acceptance.Nothing;

    /// <summary>Now and then somebody makes a new webhook or token, and the old one is gone for good.</summary>
    public void Start()
    {
        foreach (var route in _routes.Where(_ => _random.Chance(0.1)))
        {
            _world.Timeline.After(_random.Seconds(10, 300), () =>
            {
                _world.Trace?.Add($"{route} gets another secret");
                _world.History.Replaced(_valid[route]);
                _world.History.LostMessages.UnionWith(_world.Scenario.Troubles.Where(trouble => trouble.Origin.Route == route));
                _valid[route] = NewDestination(route, "two");
                _faults[_valid[route]] = new SlackFaultSchedule(_random.Fork());
            });
        }
    }

    /// <summary>Takes a message, or not; null where it does not answer.</summary>
    public SlackReply? Take(Work work, Destination destination, SlackMessage message)
    {
        var fault = FaultOf(destination);
        var wait = fault switch
        {
            SlackFault.RateLimited => TimeSpan.FromSeconds(1 + _random.Below(_random.Pick([5, 30, 100]))),
            SlackFault.RateLimitedWithoutDelay => RetryAfter.Default,
            _ => (TimeSpan?)null,
        };
        var now = _world.Timeline.Now;
        // An edit that is refused says nothing yet of the destination, and a secret that was replaced is not tried again.
        var isAway = fault == SlackFault.Gone && message.IsNew && _valid.ContainsValue(destination);
        _world.History.Posts.Add(new SlackPost(now, destination, work, isAway ? Pacing.GoneInterval : wait));

        // Whoever has deleted a message cannot edit it any more; who reads it does not hear of an edit.
        var isLost = message.Edits is not null && _random.Chance(0.1);
        var notifications = SeenNotification.Read(message, _routeOf[destination], _world.Scenario, now, work, fault == SlackFault.None);
        var isRefused = !_isFine && notifications.Any(notification => Refuses(notification.Trouble, message));
        if (isLost || (fault == SlackFault.Gone && !message.IsNew))
        {
            _world.History.LostMessages.UnionWith(notifications.Select(notification => notification.Trouble));
        }

        if (fault is (SlackFault.None or SlackFault.ReplyLost) && !isLost && !isRefused)
        {
            Show(message, notifications);
        }

        return fault switch
        {
            SlackFault.None when isLost => new SlackReply(200, """{"ok":false,"error":"message_not_found"}"""),
            SlackFault.None when isRefused && destination is BotDestination => new SlackReply(200, """{"ok":false,"error":"invalid_attachments"}"""),
            SlackFault.None when isRefused => new SlackReply(400, "invalid_payload"),
            SlackFault.None when destination is BotDestination => new SlackReply(200, $$"""{"ok":true,"channel":"C0DB","ts":"{{message.Edits?.Ts ?? $"{++_messages}.000100"}}"}"""),
            SlackFault.None => new SlackReply(200, "ok"),
            SlackFault.RateLimited => new SlackReply(429, "", wait?.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
            SlackFault.RateLimitedWithoutDelay => new SlackReply(429, ""),
            SlackFault.ServerError => new SlackReply(500, "rollup_error"),
            SlackFault.Gone when destination is BotDestination => new SlackReply(200, """{"ok":false,"error":"account_inactive"}"""),
            SlackFault.Gone => new SlackReply(404, "no_service"),
            SlackFault.NoReply or SlackFault.ReplyLost => null,
            _ => throw new ArgumentOutOfRangeException(nameof(destination), fault, "Slack does not know what to answer."),
        };
    }

    private void Show(SlackMessage message, IReadOnlyList<SeenNotification> notifications)
    {
        foreach (var notification in notifications)
        {
            if (message.Answers is null && notification.Trouble is { } trouble)
            {
                _world.History.Shown[trouble] = notification;
            }

            _world.Trace?.Add($"Slack {(message.Edits is null ? "takes" : "shows now")}: {notification}");
            if (message.Edits is null)
            {
                _world.History.Seen.Add(notification);
            }
        }
    }

    private static bool Refuses(Trouble? trouble, SlackMessage message) => trouble?.Acceptance switch
    {
        Acceptance.Nothing => true,
        Acceptance.PlainText => message.Attachments.Count > 0,
        _ => false, // Also of what the scenario does not know: that a message was given up.
    };

    private SlackFault FaultOf(Destination destination) =>
        !_valid.ContainsValue(destination) ? SlackFault.Gone
        : _isFine ? SlackFault.None
        : _faults[destination].At(_world.Timeline.Now);

    private Destination NewDestination(string route, string number)
    {
        var secret = _hasBot && route == "db" ? string.Concat("xox", "b-", number) : $"https://hooks.slack.com/services/{route}-{number}";
        if (!Destination.TryParse(secret, "#db", AllowedHosts.Slack, out var destination, out var problem))
        {
            throw new InvalidOperationException(problem);
        }

        _routeOf[destination] = route;
        return destination;
    }
}
