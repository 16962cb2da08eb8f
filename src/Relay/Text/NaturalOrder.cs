namespace Relay.Text;

/// <summary>Sorts names as people do: <c>web-2</c> stands before <c>web-10</c>.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var left = (x ?? "").AsSpan();
        var right = (y ?? "").AsSpan();

        while (left.Length > 0 && right.Length > 0)
        {
            var order = CompareStart(ref left, ref right);
            if (order != 0)
            {
                return order;
            }
        }

        // Names that differ only in case or in leading zeros still have one order.
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(x, y);
    }

    private static int CompareStart(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        if (char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0]))
        {
            var a = TakeNumber(ref left);
            var b = TakeNumber(ref right);
            return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
        }

        var order = char.ToLowerInvariant(left[0]).CompareTo(char.ToLowerInvariant(right[0]));
        left = left[1..];
        right = right[1..];
        return order;
    }

    /// <summary>The digits at the start without leading zeros: numbers may be longer than any integer type.</summary>
    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var number = text[..(end < 0 ? text.Length : end)];
        text = text[number.Length..];
        return number.TrimStart('0');
    }
}
