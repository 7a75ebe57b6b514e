namespace EodPredict.Forecasting.Models;

/// <summary>A model cannot be used, or there is none; the message says which, why and what to do.</summary>
public sealed class ModelFaultException(string message) : Exception(message);
