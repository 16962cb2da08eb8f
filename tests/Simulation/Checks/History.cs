using Relay.Messages;
using Relay.Routes;
using Relay.Storage;
using Relay.Tests.Storage;
using Simulation.Hosting;
using Simulation.Plays;
using Simulation.Slack;

namespace Simulation.Checks;

/// <summary>What happened, as far as it is judged in the end.</summary>
internal sealed class History(World world)
{
    /// <summary>From a post's arrival until the secret is read again because of the answer.</summary>
    private static readonly TimeSpan _longestPost = TimeSpan.FromSeconds(40);

    private readonly HashSet<string> _sent = [];
    private readonly Dictionary<string, Work> _leases = [];
    private readonly HashSet<string> _moved = [];
    private readonly HashSet<string> _parked = [];

    /// <summary>Every post that arrived at Slack, in its order.</summary>
    public List<SlackPost> Posts { get; } = [];

    /// <summary>Whatever people could read, in its order: in Slack, and among what was parked since Slack refuses it.</summary>
    public List<SeenNotification> Seen { get; } = [];

    /// <summary>Every time that an incident was stored.</summary>
    public List<KeptNotification> Kept { get; } = [];

    /// <summary>Every time that a route's pace was stored.</summary>
    public List<(Work Work, DateTimeOffset At)> Paces { get; } = [];

    /// <summary>The newest state that a bot's own message shows of each incident.</summary>
    public Dictionary<Trouble, SeenNotification> Shown { get; } = [];

    /// <summary>Of these a bot's message was deleted, or is another bot's: what is said next begins anew.</summary>
    public HashSet<Trouble?> LostMessages { get; } = [];

    /// <summary>What should not have happened at all.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>Messages that were moved to the poison queue.</summary>
    public IReadOnlyCollection<string> Poison => _moved;

    /// <summary>Messages that went into the queue and were not given up, nor any other one about the same.</summary>
    public IEnumerable<string> Handled => _sent.Except(_moved).Where(json => !TroublesOf(json).Any(PoisonedTroubles.Contains));

    /// <summary>What a message was about that was given up: what is known of it is no longer what the senders know.</summary>
    public IReadOnlySet<Trouble> PoisonedTroubles => _moved.SelectMany(TroublesOf).ToHashSet();

    public IEnumerable<SeenNotification> SeenOf(Trouble trouble) => Seen.Where(notification => notification.Trouble == trouble);

    /// <summary>Routes of which a flush was given up.</summary>
    public IEnumerable<string> PoisonedRoutes => _moved
        .Where(json => json.Contains("\"flush/1\"", StringComparison.Ordinal))
        .Select(json => ((FlushMessage)RelayMessage.Parse(json)).Route);

    public void Leased(Work work, string name) => _leases[name] = work;

    /// <summary>Whoever ends undisturbed has given back what it leased.</summary>
    public void Ended(Work work, InMemoryBlobStore blobs) => Unexpected.AddRange(
        from lease in _leases
        where lease.Value == work && work.DisturbedAt is null && blobs.IsLeased(lease.Key)
        select $"{work} has ended and keeps the lease of {lease.Key}.");

    /// <summary>Whoever hears just now that the destination is gone finds the new one, and need not wait.</summary>
    public void Replaced(Destination destination)
    {
        foreach (var (index, post) in Posts.Index().Where(post => post.Item.Destination == destination && post.Item.At > world.Timeline.Now - _longestPost).ToList())
        {
            Posts[index] = post with { Wait = null };
        }
    }

    public void Sent(string message) => _sent.Add(message);

    public void Moved(QueuedMessage message) => _moved.Add(message.Json);

    public void Wrote(Work? work, string name, BlobContent content)
    {
        if (work is null)
        {
            return;
        }

        if (name.EndsWith("/incident", StringComparison.Ordinal))
        {
            Kept.Add(new KeptNotification(world.Timeline.Now, work, content.Text, world.Scenario));
        }
        else if (name.StartsWith("parked/incidents/", StringComparison.Ordinal) && _parked.Add(name))
        {
            Seen.Add(new KeptNotification(world.Timeline.Now, work, content.Text, world.Scenario).AsRead());
        }
        else if (name.StartsWith("routes/", StringComparison.Ordinal) && !name.EndsWith(".due", StringComparison.Ordinal))
        {
            Paces.Add((work, world.Timeline.Now));
        }
    }

    private IEnumerable<Trouble> TroublesOf(string json) => json.Contains("\"events/1\"", StringComparison.Ordinal)
        ? ((EventsMessage)RelayMessage.Parse(json)).Events.Select(one => world.Scenario.LifeOf(one.Id)?.Trouble).OfType<Trouble>()
        : [];
}
