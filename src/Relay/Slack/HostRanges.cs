using System.Globalization;
using System.Text.RegularExpressions;
using Relay.Text;

namespace Relay.Slack;

/// <summary>Writes many names of hosts as few ranges, which people read and Ansible takes.</summary>
internal static partial class HostRanges
{
    /// <summary>The ranges of <paramref name="names"/>, in the order in which people sort names.</summary>
    public static IReadOnlyList<HostRange> Of(IEnumerable<string> names)
    {
        var ranges = new List<HostRange>();
        var run = new List<string>();

        foreach (var name in names.Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance))
        {
            if (run.Count > 0 && !Continues(run, name))
            {
                ranges.Add(RangeOf(run));
                run.Clear();
            }

            run.Add(name);
        }

        return run.Count > 0 ? [.. ranges, RangeOf(run)] : ranges;
    }

    /// <summary>The first ranges as wire text of at most <paramref name="max"/> characters, and how many hosts more there are.</summary>
    /// <param name="wire">Makes wire text of one range, at most so long.</param>
    public static string Text(IEnumerable<string> names, int max, Func<string, int, string> wire)
    {
        var ranges = Of(names);
        var shown = new List<string>();
        var left = ranges.Sum(range => range.Count);
        var room = max - More(left).Length;

        foreach (var range in ranges)
        {
            // A name is never cut, but where it alone is too long.
            var text = wire(range.Text, shown.Count == 0 ? room : int.MaxValue);
            room -= text.Length + (shown.Count > 0 ? 2 : 0);
            if (room < 0 && shown.Count > 0)
            {
                break;
            }

            shown.Add(text);
            left -= range.Count;
        }

        return string.Join(", ", shown) + (left > 0 ? More(left) : "");
    }

    private static string More(int count) => string.Create(CultureInfo.InvariantCulture, $" and {count} more");

    private static bool Continues(List<string> run, string name) =>
        Step(run[^1], name) is { } place && (run.Count == 1 || Step(run[0], run[1]) == place);

    /// <summary>Which number of the name counts up from one name to the next; null where that is not all that differs.</summary>
    private static int? Step(string one, string next)
    {
        var left = Parts(one);
        var right = Parts(next);
        int[] different = left.Length == right.Length
            ? [.. Enumerable.Range(0, left.Length).Where(at => left[at] != right[at]).Take(2)]
            : [];
        return different is [var place] && Counts(left[place], right[place]) ? place : null;
    }

    /// <summary>Leading zeros are part of a name: 09 goes on as 10, and so does 9, but not as 010.</summary>
    private static bool Counts(string one, string next) =>
        int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var following)
        && following == number + 1
        && (one.Length == next.Length || (one[0] != '0' && next[0] != '0'));

    private static HostRange RangeOf(List<string> run)
    {
        if (run.Count == 1)
        {
            return new(run[0], 1);
        }

        var parts = Parts(run[0]);
        var place = Step(run[0], run[1]) ?? throw new InvalidOperationException("A run has names that count up.");
        parts[place] = $"[{parts[place]}:{Parts(run[^1])[place]}]";
        return new(string.Concat(parts), run.Count);
    }

    private static string[] Parts(string name) => [.. Part.Matches(name).Select(match => match.Value)];

    // Nine digits fit into an integer; more of them are no number that hosts are counted by.
    [GeneratedRegex("[0-9]{1,9}|[^0-9]+")]
    private static partial Regex Part { get; }
}
