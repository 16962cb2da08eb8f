using Simulation.Chance;
using Simulation.Time;

namespace Simulation.Slack;

/// <summary>How Slack feels about one route over time: some spells of one mood, and now and then a single odd answer.</summary>
internal sealed class MoodSwings
{
    private static readonly Mood[] _bad = [Mood.Busy, Mood.BusyWithoutWord, Mood.Broken, Mood.Silent, Mood.SilentAfterTaking, Mood.Gone];

    private readonly Dice _dice;
    private readonly double _odd;
    private readonly List<(Mood Mood, DateTimeOffset Begins, DateTimeOffset Ends)> _spells = [];

    public MoodSwings(Dice dice)
    {
        _dice = dice;
        _odd = dice.Pick([0, 0, 0.05, 0.3]);
        for (var spells = dice.Below(3); spells > 0; spells--)
        {
            var begins = Timeline.Start + dice.Seconds(0, 240);
            _spells.Add((dice.Pick(_bad), begins, begins + dice.Seconds(2, 120)));
        }
    }

    public Mood At(DateTimeOffset now)
    {
        var spell = _spells.FirstOrDefault(spell => now >= spell.Begins && now < spell.Ends);
        return spell.Mood != Mood.Fine ? spell.Mood
            : _dice.Chance(_odd) ? _dice.Pick(_bad)
            : Mood.Fine;
    }
}
