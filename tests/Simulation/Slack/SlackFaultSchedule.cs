using Simulation.Faults;
using Simulation.Time;

namespace Simulation.Slack;

/// <summary>When Slack fails for one destination, and how: some phases of one fault, and now and then a single faulty answer.</summary>
internal sealed class SlackFaultSchedule
{
    private static readonly SlackFault[] _bad = [SlackFault.RateLimited, SlackFault.RateLimitedWithoutDelay, SlackFault.ServerError, SlackFault.NoReply, SlackFault.ReplyLost, SlackFault.Gone];

    private readonly SeededRandom _random;
    private readonly double _odd;
    private readonly List<(SlackFault Fault, DateTimeOffset Begins, DateTimeOffset Ends)> _phases = [];

    public SlackFaultSchedule(SeededRandom random)
    {
        _random = random;
        _odd = random.Pick([0, 0, 0.05, 0.3]);
        for (var phases = random.Below(3); phases > 0; phases--)
        {
            var begins = Timeline.Start + random.Seconds(0, 240);
            _phases.Add((random.Pick(_bad), begins, begins + random.Seconds(2, 120)));
        }
    }

    public SlackFault At(DateTimeOffset now)
    {
        var phase = _phases.FirstOrDefault(phase => now >= phase.Begins && now < phase.Ends);
        return phase.Fault != SlackFault.None ? phase.Fault
            : _random.Chance(_odd) ? _random.Pick(_bad)
            : SlackFault.None;
    }
}
