using Relay.Incidents;
using Relay.Reports;
using Relay.Routes;
using Relay.Tests.Storage;
using Simulation.Checks;
using Simulation.Faults;
using Simulation.Hosting;
using Simulation.Mutants;
using Simulation.Plays;
using Simulation.Slack;
using Simulation.Time;

namespace Simulation;

/// <summary>Everything there is in one seed: hosts that fail, the relay's instances, storage, Slack, and the faults that are injected.</summary>
internal sealed class World : IDisposable
{
    public static readonly RouteTable Routes = new([new Route("db", "slack-webhook-url-db", null)]);
    public static readonly IncidentPolicy Policy = new();

    /// <summary>A seed takes some thousand steps; more than this is a relay that never comes to rest.</summary>
    private const int MostSteps = 200_000;

    public World(ulong seed, Mutant? mutant, Trace? trace)
    {
        (Mutant, Trace) = (mutant, trace);
        var random = new SeededRandom(seed);
        Timeline = new Timeline(random.Fork());
        Random = random.Fork();
        IsCalm = random.Chance(0.05);
        Injector = new FaultInjector(random.Fork(), Timeline, IsCalm);
        var clock = new TrueClock(Timeline);
        Blobs = new InMemoryBlobStore(clock);
        Queue = new InMemoryQueue(clock);
        Poison = new InMemoryQueue(clock);
        History = new History(Timeline);
        Slack = new SimulatedSlack(this, random.Fork());
        Fleet = new Fleet(this, random.Fork());
        Scenario = new Scenario(this, random.Fork());
        trace?.Begin(this);
    }

    public Mutant? Mutant { get; }

    /// <summary>Whether nothing at all goes wrong, so that everything has to be delivered in time.</summary>
    public bool IsCalm { get; }

    /// <summary>What happens, for people to read; null where nobody does.</summary>
    public Trace? Trace { get; }

    public Timeline Timeline { get; }

    public SeededRandom Random { get; }

    public FaultInjector Injector { get; }

    public InMemoryBlobStore Blobs { get; }

    public InMemoryQueue Queue { get; }

    public InMemoryQueue Poison { get; }

    public SimulatedSlack Slack { get; }

    public Fleet Fleet { get; }

    public Scenario Scenario { get; }

    public History History { get; }

    private bool HasNews => Blobs.Names.Any(name => name.StartsWith("outbox/", StringComparison.Ordinal));

    private bool IsAtRest =>
        Queue.Next is null && Poison.Next is null && Fleet.IsIdle && Scenario.Senders.All(sender => sender.IsIdle)
        && !(Fleet.ResumesByItself && HasNews);

    /// <summary>Lets all of it happen, and a quiet end, in which everything has to be delivered.</summary>
    public void Run()
    {
        Scenario.Start();
        Fleet.Start();
        if (IsCalm)
        {
            Slack.Recover();
        }
        else
        {
            Slack.Start();
            Fleet.Disturb();
        }

        Timeline.RunUntil(Scenario.Ends + TimeSpan.FromMinutes(2));

        Trace?.Add("The faults are over.");
        Injector.End();
        Slack.Recover();
        Rest();
    }

    /// <summary>Lets things happen until nothing is left to do, and then until the last lease has run out.</summary>
    public void Rest()
    {
        var latest = Timeline.Now + TimeSpan.FromHours(3);
        while (!IsAtRest && Timeline.Steps < MostSteps && Timeline.Step(latest))
        {
        }

        if (!IsAtRest)
        {
            History.Unexpected.Add($"The relay does not come to rest: {Queue.Times.Count} messages, {Poison.Times.Count} poison messages after {Timeline.Steps} steps.");
            return;
        }

        Timeline.RunUntil(Timeline.Now + TimeSpan.FromSeconds(61));
    }

    /// <summary>Whatever goes wrong in something that nobody awaits is a finding.</summary>
    public async void Watch(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e)
        {
            History.Unexpected.Add($"Nobody expects this: {e}");
        }
    }

    public void Dispose() => Fleet.Dispose();
}
