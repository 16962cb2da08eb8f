using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

/// <summary>Short ways to say what is read.</summary>
internal static class Reading
{
    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string> Texts(this JsonElement list) => list.EnumerateArray().Select(item => item.ToString());

    /// <summary>The names of what an object has.</summary>
    public static IEnumerable<string> Names(this JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    /// <summary>What an expression captures first, each time that it is found.</summary>
    public static IEnumerable<string> Captures(this Regex expression, string text) =>
        expression.Matches(text).Select(match => match.Groups[1].Value);
}
