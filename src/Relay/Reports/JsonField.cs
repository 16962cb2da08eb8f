using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relay.Reports;

/// <summary>A value in a JSON document that knows its path and notes what is wrong with its members.</summary>
internal readonly partial struct JsonField(JsonElement element, string path, FieldProblems problems)
{
    public const int AnyLength = int.MaxValue;

    public string? Text(string name, int longest = AnyLength) =>
        Member(name) is { } value ? AsText(value, Path(name), longest) : null;

    /// <summary>A text that has to be there; empty where it is not, which is then noted.</summary>
    public string RequiredText(string name, int longest, bool mayBeEmpty = false) =>
        Member(name) is null ? Wrong(name, "is required", "")
        : Text(name, longest) is not { } text ? ""
        : text is "" && !mayBeEmpty ? Wrong(name, "must not be empty", "")
        : text;

    /// <summary>What <paramref name="choices"/> holds for the text.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices) where T : struct =>
        Text(name) is not { } text ? null
        : choices.TryGetValue(text, out var choice) ? choice
        : Wrong<T?>(name, $"must be one of {string.Join(", ", choices.Keys)}", null);

    public T RequiredChoice<T>(string name, IReadOnlyDictionary<string, T> choices) where T : struct =>
        Member(name) is null ? Wrong(name, "is required", default(T)) : Choice(name, choices) ?? default;

    public int? WholeNumber(string name, int lowest = int.MinValue)
    {
        if (Member(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= lowest
            ? number
            : Wrong<int?>(name, $"must be a whole number from {lowest} to {int.MaxValue}", null);
    }

    /// <summary>Whether the member is this number, which is noted where it is not.</summary>
    public bool Is(string name, int number) =>
        (Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var found) && found == number)
        || Wrong(name, $"must be {number}", false);

    public bool? Flag(string name) => Member(name)?.ValueKind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Wrong<bool?>(name, "must be true or false", null),
    };

    /// <summary>A time as RFC 3339 writes it, in UTC.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name, 40) is not { } text)
        {
            return null;
        }

        // .NET alone would read many other forms, and a time without its offset as one of the relay's own zone.
        return Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUniversalTime()
            : Wrong<DateTimeOffset?>(name, "must be a time with its offset, such as 2026-11-22T10:00:00Z", null);
    }

    public DateTimeOffset RequiredTime(string name) =>
        Member(name) is null ? Wrong<DateTimeOffset>(name, "is required", default) : Time(name) ?? default;

    public JsonField? Object(string name) =>
        Member(name) is { } value && IsObject(value, name) ? new JsonField(value, Path(name), problems) : null;

    public JsonField? RequiredObject(string name) =>
        Member(name) is null ? Wrong<JsonField?>(name, "is required", null) : Object(name);

    public JsonElement? RawObject(string name) =>
        Member(name) is { } value && IsObject(value, name) ? value.Clone() : null;

    /// <summary>Whether the member is there.</summary>
    public bool Has(string name) => Member(name) is not null;

    /// <summary>A text of so many hexadecimal digits, in lower case.</summary>
    public string? Hexadecimal(string name, int digits) =>
        Text(name, digits) is not { } text ? null
        : text.Length == digits && text.All(char.IsAsciiHexDigitLower) ? text
        : Wrong<string?>(name, $"must be {digits} hexadecimal digits in lower case", null);

    /// <summary>The texts in an array, or null where there is none.</summary>
    public IReadOnlyList<string>? TextList(string name, int least, int most, int longest)
    {
        if (Member(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < least || value.GetArrayLength() > most)
        {
            return Wrong<IReadOnlyList<string>?>(name, $"must be an array of {least} to {most} texts", null);
        }

        var texts = new List<string>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            texts.Add(AsText(item, $"{Path(name)}[{index}]", longest) ?? "");
        }

        return texts;
    }

    /// <summary>The objects in an array, or null where there is none.</summary>
    public IReadOnlyList<JsonField>? List(string name, int most = AnyLength)
    {
        if (Member(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Wrong<IReadOnlyList<JsonField>?>(name, "must be an array of objects", null);
        }

        if (value.GetArrayLength() > most)
        {
            return Wrong<IReadOnlyList<JsonField>?>(name, $"must hold at most {most} objects", null);
        }

        var fields = new List<JsonField>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var at = $"{Path(name)}[{index}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                fields.Add(new JsonField(item, at, problems));
            }
            else
            {
                WrongAt(at, "must be an object", false);
            }
        }

        return fields;
    }

    /// <summary>The objects in an array that has to be there and hold something.</summary>
    public IReadOnlyList<JsonField> RequiredList(string name, int most) =>
        Member(name) is not { } value || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)
            ? Wrong<IReadOnlyList<JsonField>>(name, "must hold at least one object", [])
            : List(name, most) ?? [];

    /// <summary>Names and texts, at most <paramref name="most"/> of them.</summary>
    public IReadOnlyDictionary<string, string>? Texts(string name, int most, int longestName, int longest)
    {
        if (Member(name) is not { } value || !IsObject(value, name))
        {
            return null;
        }

        var texts = new Dictionary<string, string>();
        foreach (var member in value.EnumerateObject())
        {
            var at = $"{Path(name)}.{member.Name}";
            if (member.Name.Length > longestName || texts.Count == most)
            {
                return Wrong<IReadOnlyDictionary<string, string>?>(
                    name,
                    $"must have at most {most} members with names of at most {longestName} characters",
                    null);
            }

            texts[member.Name] = member.Value.ValueKind == JsonValueKind.Null
                ? WrongAt(at, "must be a text", "")
                : AsText(member.Value, at, longest) ?? "";
        }

        return texts;
    }

    /// <summary>Notes a problem of the member and goes on with <paramref name="instead"/>.</summary>
    public T Wrong<T>(string name, string problem, T instead) => WrongAt(Path(name), problem, instead);

    private string Path(string name) => $"{path}.{name}";

    private T WrongAt<T>(string at, string problem, T instead)
    {
        problems.Add(new(at, problem));
        return instead;
    }

    private JsonElement? Member(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private bool IsObject(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object || Wrong(name, "must be an object", false);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$")]
    private static partial Regex Rfc3339();

    private string? AsText(JsonElement value, string at, int longest)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return WrongAt<string?>(at, "must be a text", null);
        }

        var text = value.GetString();
        return text?.Length > longest ? WrongAt<string?>(at, $"must have at most {longest} characters", null) : text;
    }
}
