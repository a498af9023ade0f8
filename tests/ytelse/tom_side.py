"""The least that Streamlit shows: what the dashboard is measured against."""

import streamlit as st

st.set_page_config(page_title="Tom side")
st.title("Tom side")
