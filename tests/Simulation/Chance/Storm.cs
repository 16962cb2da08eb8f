using Simulation.Hosting;
using Simulation.Time;

namespace Simulation.Chance;

/// <summary>Everything that goes wrong with calls and instances within one seed, until it is over.</summary>
/// <remarks>Some seeds have next to no faults, so that a rare one finds the relay at its fastest; others have hardly a call that is spared.</remarks>
internal sealed class Storm
{
    private static readonly double[] _rates = [0, 0.002, 0.01, 0.04];
    private static readonly string?[] _verbs = [null, null, null, "send", "send", "write", "unlink", "list", "renew"];

    private static readonly Fault[] _troubles = [Fault.Lost, Fault.AnswerLost, Fault.Repeated];
    private static readonly Fault[] _crashes = [Fault.CrashBefore, Fault.CrashAfter];

    /// <summary>How often the one kind of call fails that many a seed is cruel to.</summary>
    private const double OfItsBane = 0.15;

    private readonly Dice _dice;
    private readonly Timeline _timeline;
    private readonly double _lost;
    private readonly double _crash;
    private readonly double _slow;
    private readonly double _still;
    private readonly double _twice;
    private readonly string? _bane;
    private readonly Outage _outage;
    private DateTimeOffset _abates;

    private readonly bool _isCalm;

    public Storm(Dice dice, Timeline timeline, bool isCalm)
    {
        (_dice, _timeline, _isCalm) = (dice, timeline, isCalm);
        _lost = dice.Pick(_rates);
        _crash = dice.Pick(_rates) / 2;
        _slow = dice.Pick([0, 0.02, 0.3]);
        _still = dice.Pick(_rates) / 4;
        _twice = dice.Pick([0, 0.02, 0.2]);
        _bane = dice.Pick(_verbs);
        _outage = Outage.Of(dice);
    }

    /// <summary>Whether all goes well.</summary>
    public bool IsOver => _isCalm || _timeline.Now >= _abates;

    /// <summary>Something happens, so that faults are worth their while: the storm goes on for some time.</summary>
    public void Stir() => _abates = _timeline.Now + TimeSpan.FromMinutes(12);

    public void End() => _abates = _timeline.Now;

    /// <summary>For how long the queue hides a message that it delivers: the visibility time-out, unless it is to be delivered twice.</summary>
    public TimeSpan HidesFor(TimeSpan timeout) => !IsOver && _dice.Chance(_twice) ? _dice.Seconds(0, 20) : timeout;

    public Fate FateOf(Call call, bool mayStandStill)
    {
        var fate = new Fate(_dice.Milliseconds(1, 20), _dice.Milliseconds(1, 20));
        if (IsOver)
        {
            return fate;
        }

        fate = fate with { Fault = FaultOf(call), SinksWithCaller = _dice.Chance(0.5) };
        if (_dice.Chance(_slow))
        {
            var slowness = Slowness(call.Kind);
            fate = _dice.Chance(0.5) ? fate with { There = slowness } : fate with { Back = slowness };
        }

        return mayStandStill && _dice.Chance(_still) ? fate with { StandsStill = _dice.Seconds(1, 150) } : fate;
    }

    private Fault FaultOf(Call call)
    {
        if (_outage.Covers(call.Kind, _timeline.Now))
        {
            return Fault.Lost;
        }

        if (call.Verb == _bane && _dice.Chance(OfItsBane))
        {
            return _dice.Pick(_troubles);
        }

        return _dice.Chance(_crash) ? _dice.Pick(_crashes)
            : call.Kind != CallKind.Slack && _dice.Chance(_lost) ? _dice.Pick(_troubles)
            : Fault.None;
    }

    /// <summary>Within what the clients' time-outs allow.</summary>
    private TimeSpan Slowness(CallKind kind) => kind switch
    {
        CallKind.Slack => _dice.Seconds(1, 18),
        CallKind.Secret => _dice.Seconds(1, 8),
        _ => _dice.Milliseconds(100, 5000),
    };
}
